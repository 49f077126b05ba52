"""Records of the programs of kernel/bpf/files.bpf.c about each task and each open file; one file a record, laid out as there."""
