"""The parts of the Export page: forms, proof, result, report, and what boards say back."""
