"""The kinds of requirement, one typed file each; `attain.standards.rule` lists them."""
