"""People at their screens, sending commands as a browser does."""

API = "/api/meetings/m1"
HEADERS = {"X-Meetingroom": "1"}


class Hands:
    """People at their screens."""

    def __init__(self, program):
        self.program, self.sent = program, 0
        self.clients = {}

    def client(self, who):
        if who not in self.clients:
            self.clients[who] = self.program.client(who)
        return self.clients[who]

    def get(self, who, path):
        return self.client(who).get(path if path.startswith("/") else f"{API}/{path}")

    def does(self, who, command, /, **args):
        self.sent += 1
        body = {"id": f"w{self.sent}", "name": command, "args": args}
        return self.client(who).post(f"{API}/commands", json=body, headers=HEADERS)

    def did(self, who, command, /, **args):
        answer = self.does(who, command, **args)
        assert answer.status_code == 200, answer.text
        return answer.json

    def refused(self, who, command, /, **args):
        answer = self.does(who, command, **args)
        assert answer.status_code >= 400, answer.text
        return answer.json["error"]["code"]

    def approve(self):
        approval = self.get("an", "minutes.json").json["approval"]
        self.did("an", "approve_minutes", version=approval["version"], digest=approval["digest"])

    def finalise(self, version=1):
        self.approve()
        self.did("mai", "finalise_minutes", version=version)
