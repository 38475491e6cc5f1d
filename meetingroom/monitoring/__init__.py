"""How the program is: logs, metrics, probes, findings in words. Never what is said in a meeting."""
