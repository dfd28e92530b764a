/**
 * Python that a `python -c` begins with, so that it imports nothing from the folder it runs in: a `click.py` lying there is not
 * meant for it. Unlike PYTHONSAFEPATH this ends with the process, whose own scripts go on finding what lies beside them; and unlike
 * the flag -P every version knows it.
 */
export const ignoreCurrentFolder = 'import sys; sys.path[:] = [one for one in sys.path if one]';
