"""The addresses of the library, under that of the organisation."""

from django.urls import path

from attain.assessments.views import (
    library,
    library_differences,
    library_editing,
    library_licensing,
    library_moving,
    library_text,
    library_writing,
)

_SHIPPED = "library/attain/<slug:key>"
_OWN = "library/<uuid:edition>"
_ASSESSMENT = "assessments/<uuid:assessment>"
_PART = f"{_OWN}/edit/categories/<slug:category>"
_ITEM = f"{_OWN}/edit/items/<slug:item>"

urlpatterns = [
    path("library", library.index, name="library"),
    path("library/template.yaml", library.template, name="library-template"),
    path("library/new", library_writing.new, name="library-new"),
    path("library/upload", library_writing.upload, name="library-upload"),
    path(_SHIPPED, library.show, name="library-shipped"),
    path(f"{_SHIPPED}/file", library.file, name="library-shipped-file"),
    path(f"{_SHIPPED}/clone", library_writing.clone, name="library-shipped-clone"),
    path(f"{_SHIPPED}/texts", library_licensing.texts, name="library-shipped-texts"),
    path(f"{_SHIPPED}/texts.yaml", library_licensing.to_fill, name="library-shipped-texts-file"),
    path(_OWN, library.show, name="library-model"),
    path(f"{_OWN}/file", library.file, name="library-file"),
    path(f"{_OWN}/clone", library_writing.clone, name="library-clone"),
    path(f"{_OWN}/texts", library_licensing.texts, name="library-texts"),
    path(f"{_OWN}/texts.yaml", library_licensing.to_fill, name="library-texts-file"),
    path(f"{_OWN}/text", library_text.edit_text, name="library-text"),
    path(f"{_OWN}/publish", library_text.publish_model, name="library-publish"),
    path(f"{_OWN}/withdraw", library_text.withdraw_model, name="library-withdraw"),
    path(f"{_OWN}/differences/<uuid:other>", library_differences.show, name="library-differences"),
    path(f"{_OWN}/edit", library_editing.edit, name="library-edit"),
    path(f"{_OWN}/edit/head", library_editing.head, name="library-head"),
    path(f"{_OWN}/edit/item-map", library_editing.item_map, name="library-item-map"),
    path(f"{_OWN}/edit/categories", library_editing.add_part, name="library-add-part"),
    path(_PART, library_editing.part, name="library-part"),
    path(f"{_PART}/remove", library_editing.remove_part, name="library-remove-part"),
    path(f"{_PART}/move", library_editing.move_part, name="library-move-part"),
    path(f"{_PART}/items", library_editing.add_item, name="library-add-item"),
    path(_ITEM, library_editing.item, name="library-item"),
    path(f"{_ITEM}/remove", library_editing.remove_item, name="library-remove-item"),
    path(f"{_ITEM}/move", library_editing.move_item, name="library-move-item"),
    path(
        f"{_ASSESSMENT}/move/<uuid:edition>",
        library_moving.move,
        name="library-move-assessment",
    ),
    path(f"{_ASSESSMENT}/moved", library_moving.moved, name="library-moved-assessment"),
]
