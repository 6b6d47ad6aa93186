"""The desk of the operator's employees: the work queue, judging, organisations, and what the desk itself keeps."""
