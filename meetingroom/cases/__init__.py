"""Case files: who may see them, their volumes and documents, what became of them."""
