"""The only code that imports TensorFlow, Keras and AutoKeras; run as a process on a job.

Nobody imports this package. ``python -m studio.worker DIRECTORY`` does what the directory's
``spec.json`` says and tells what happens in its journal.
"""
