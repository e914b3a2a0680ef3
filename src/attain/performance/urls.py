"""The addresses of the room, under that of the organisation."""

from django.urls import path

from attain.performance.views import definitions, estate, imports, metrics, records

_C = "performance/metrics/<slug:centre>"
_S = "performance/systems/<slug:centre>"
_L = "performance/service-level/<slug:centre>"
_M = f"{_C}/metrics/<uuid:metric>"
_R = f"{_C}/records/<slug:table>"
_I = "performance/imports/<slug:centre>"

urlpatterns = [
    path("performance/metrics", metrics.estate, name="performance-metrics"),
    path("performance/missing", estate.missing, name="performance-missing"),
    path("performance/systems", estate.choose_uptime, name="performance-systems"),
    path(
        "performance/service-level",
        estate.choose_service_level,
        name="performance-service-levels",
    ),
    path("performance/imports", imports.index, name="performance-imports"),
    path(_C, metrics.of_centre, name="performance-centre-metrics"),
    path(f"{_C}/metrics/add", definitions.add_metric, name="performance-metric-add"),
    path(_M, metrics.one, name="performance-metric"),
    path(f"{_M}/change", definitions.change_metric, name="performance-metric-change"),
    path(f"{_M}/targets/add", definitions.add_target, name="performance-target-add"),
    path(f"{_M}/readings/<slug:month>", metrics.reading, name="performance-reading"),
    path(f"{_C}/processes/add", definitions.add_process, name="performance-process-add"),
    path(
        f"{_C}/processes/<uuid:process>",
        definitions.change_process,
        name="performance-process-change",
    ),
    path(f"{_S}/add", definitions.add_system, name="performance-system-add"),
    path(f"{_C}/coverage/add", definitions.add_coverage, name="performance-coverage-add"),
    path(f"{_C}/months/<slug:month>/close", metrics.close, name="performance-month-close"),
    path(_S, estate.uptime, name="performance-uptime"),
    path(_L, estate.service_level, name="performance-service-level"),
    path(
        f"{_L}/add",
        definitions.add_service_level,
        name="performance-service-level-add",
    ),
    path(_R, records.show, name="performance-records"),
    path(f"{_R}/add", records.add, name="performance-record-add"),
    path(f"{_R}/<uuid:record>", records.history, name="performance-record"),
    path(f"{_R}/<uuid:record>/change", records.change, name="performance-record-change"),
    path(f"{_R}/<uuid:record>/withdraw", records.withdraw, name="performance-record-withdraw"),
    path(f"{_C}/evidence/<uuid:file>", records.evidence, name="performance-evidence"),
    path(f"{_I}/start", imports.start, name="performance-import-start"),
    path(f"{_I}/columns", imports.columns, name="performance-import-columns"),
    path(f"{_I}/confirm", imports.confirm, name="performance-import-confirm"),
    path(f"{_I}/templates/<slug:table>", imports.template, name="performance-import-template"),
    path(f"{_I}/<uuid:done>", imports.show, name="performance-import"),
    path(f"{_I}/<uuid:done>/undo", imports.undo, name="performance-import-undo"),
    path(f"{_I}/<uuid:done>/refused", imports.refused, name="performance-import-refused"),
]
