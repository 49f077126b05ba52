"""Tests of the engine that stops nobody: one file for each of explorer/trace/bpf/, and what it promises whatever happens."""
