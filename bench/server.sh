measure_server_with() { :; }
