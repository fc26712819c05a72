"""A directory of help and things to do for children, young people and their parents or carers."""
