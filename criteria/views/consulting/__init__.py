"""Pages of consultations: the asking side and the answering side."""
