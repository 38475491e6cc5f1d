/*
 * loadgen.c - cheap Socket.IO v5 / Engine.IO v4 (WebSocket transport) load generator.
 *
 * With --post PATH the chair is somebody with a browser: its page turn is a POST of a turn_page command, and the tablets
 * wait for the patch with the next number (--first-seq).
 *
 * One thread, one epoll instance, no allocation in the hot path.  It opens N "tablets" plus one
 * "chair", drives the handshakes by hand and then measures page turns: the chair sends one event,
 * and every tablet's arrival of that event is time-stamped.
 *
 * Two clocks are recorded for each arrival:
 *   kernel  SO_TIMESTAMPNS of the received segment: when the bytes reached the tablet's socket.
 *           Free of the load generator's own queueing (N real tablets have N own CPUs).
 *   user    when this process had read and parsed the message.
 *
 * Talks to its parent (bench.py) by lines: commands on stdin, one JSON object per line on stdout.
 *   run T GAP_MS          T page turns, each GAP_MS after the previous one has reached everybody
 *   burst T B SPACE_MS GAP_MS   T bursts of B turns sent SPACE_MS apart without waiting
 *   stall PCT             that share of the tablets stops reading (sockets stay open)
 *   idle MS               answer pings only
 *   drop                  close all tablets at once (mass disconnect) and end
 *   quit
 *
 * Build: gcc -O2 -Wall -o loadgen loadgen.c -lz -lm (bench/page_turn.py does it)
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

enum state { IDLE, CONNECTING, HTTP, OPENING, SIO_CONNECT, JOINING, JOINED, STALLED, CLOSED };

struct conn {
    int fd;
    enum state st;
    int deflate;             /* server accepted permessage-deflate */
    z_stream *z;             /* made at the first compressed frame */
    uint8_t *part;           /* bytes of an incomplete frame */
    size_t part_len, part_cap;
    uint64_t t_start;        /* first connect() of this tablet (ns) */
    uint64_t t_joined;
    uint64_t t_retry;        /* next connect attempt, when CLOSED before joining */
    int tries;
    uint32_t seen;           /* last turn seen (duplicate check) */
};

/* ---- options ---- */
static const char *o_host = "127.0.0.1", *o_path = "/socket.io/", *o_query = "", *o_header = "";
static const char *o_room = "m1", *o_join_event = "join", *o_page_event = "page";
static const char *o_join_body = "";    /* JSON of the join, instead of {room, tablet} */
static const char *o_post = "";         /* the chair POSTs its command here, instead of a socket event */
static const char *o_post_header = "";  /* the chair's cookie */
static int o_first_seq = 1, o_pages = 97;
static int o_post_port = 0;             /* … at another port than that of the tablets */
static int o_port = 5000, o_clients = 100, o_conc = 32, o_deflate = 0, o_pad = 0, o_storm = 0;
static int o_timeout_ms = 30000, o_join_timeout_ms = 120000, o_rcvbuf = 0, o_retry_ms = 1000;

/* ---- state ---- */
static struct conn *cs;      /* [0..N-1] tablets, [N] chair */
static int N, ep;
static int n_joined, n_inflight, n_closed_after, n_stalled;
static long n_retries, n_refused, n_pongs;
static uint64_t rx_bytes;

/* current turn(s) */
static uint32_t cur_first = 1, cur_last = 0;   /* seq window being measured */
static uint64_t *t0_mono, *t0_real;            /* send time per seq in the window */
static double *lat_user, *lat_kern;            /* [(seq - cur_first) * N + tablet] in ms, NAN = not there */
static int got, dup_count, order_errors;

static uint64_t now_ns(clockid_t c) {
    struct timespec t;
    clock_gettime(c, &t);
    return (uint64_t)t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void die(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    printf("\n{\"ev\":\"error\",\"msg\":\"");   /* may come in the middle of another line */
    vprintf(fmt, ap);
    printf("\"}\n");
    fflush(stdout);
    va_end(ap);
    exit(1);
}

/* Small client-to-server writes; a socket that cannot take them is a failed connection. */
static int write_all(struct conn *c, const void *p, size_t n) {
    ssize_t r = send(c->fd, p, n, MSG_NOSIGNAL);
    return r == (ssize_t)n ? 0 : -1;
}

/* Send one masked text frame (a fixed key: the server still has to unmask). */
static int ws_text(struct conn *c, const char *s, size_t n) {
    static uint8_t buf[1 << 20];
    static const uint8_t key[4] = {0x37, 0xfa, 0x21, 0x3d};
    size_t h;
    if (n + 14 > sizeof buf) die("frame too long");
    buf[0] = 0x81;
    if (n < 126) { buf[1] = 0x80 | n; h = 2; }
    else if (n < 65536) { buf[1] = 0x80 | 126; buf[2] = n >> 8; buf[3] = n; h = 4; }
    else {
        buf[1] = 0x80 | 127;
        for (int i = 0; i < 8; i++) buf[2 + i] = (uint64_t)n >> (56 - 8 * i);
        h = 10;
    }
    memcpy(buf + h, key, 4);
    h += 4;
    for (size_t i = 0; i < n; i++) buf[h + i] = s[i] ^ key[i & 3];
    return write_all(c, buf, h + n);
}

static void watch(struct conn *c, int op, uint32_t ev) {
    struct epoll_event e = {.events = ev, .data.ptr = c};
    if (epoll_ctl(ep, op, c->fd, &e) < 0) die("epoll_ctl: %s", strerror(errno));
}

static const char *why_chair = "?";   /* for the error message, should the chair be lost */
static long closed_eof, closed_err, closed_frame, closed_eio;

static void drop_conn(struct conn *c) {
    if (c->fd >= 0) {
        struct linger l = {1, 0};   /* RST: no TIME_WAIT left behind, ports stay usable */
        setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &l, sizeof l);
        close(c->fd);
        c->fd = -1;
    }
    if (c->z) { inflateEnd(c->z); free(c->z); c->z = NULL; }
    c->part_len = 0;
    if (c->st == JOINED) { n_closed_after++; n_joined--; }
    else if (c->st >= CONNECTING && c->st < JOINED) {
        n_inflight--;
        n_retries++;
        /* back off like a browser client: base +- 50 % */
        c->t_retry = now_ns(CLOCK_MONOTONIC) + (uint64_t)(o_retry_ms * (0.5 + drand48()) * 1e6);
    }
    c->st = CLOSED;
}

static void start_conn(struct conn *c) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(o_port)};
    int one = 1;
    inet_pton(AF_INET, o_host, &a.sin_addr);
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0) die("socket: %s", strerror(errno));
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(c->fd, SOL_SOCKET, SO_TIMESTAMPNS, &one, sizeof one);
    if (o_rcvbuf) setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &o_rcvbuf, sizeof o_rcvbuf);
    if (!c->tries++) c->t_start = now_ns(CLOCK_MONOTONIC);
    c->st = CONNECTING;
    c->deflate = 0;
    n_inflight++;
    if (connect(c->fd, (struct sockaddr *)&a, sizeof a) < 0 && errno != EINPROGRESS) {
        n_refused++;
        drop_conn(c);
        return;
    }
    watch(c, EPOLL_CTL_ADD, EPOLLOUT);
}

static void send_upgrade(struct conn *c) {
    char b[4096];
    int n = snprintf(b, sizeof b,
        "GET %s?EIO=4&transport=websocket%s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nOrigin: http://%s:%d\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGFibGV0LWJlbmNoLWtleQ==\r\n%s%s%s\r\n",
        o_path, o_query, o_host, o_port, o_host, o_port,
        o_deflate ? "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n" : "",
        o_header, *o_header ? "\r\n" : "");
    c->st = HTTP;
    watch(c, EPOLL_CTL_MOD, EPOLLIN);
    if (write_all(c, b, n)) drop_conn(c);
}

static const uint8_t *find(const uint8_t *h, size_t n, const char *needle) {
    return memmem(h, n, needle, strlen(needle));
}

static void on_joined(struct conn *c) {
    c->st = JOINED;
    c->t_joined = now_ns(CLOCK_MONOTONIC);
    n_inflight--;
    n_joined++;
}

/* One Engine.IO text packet. */
static void on_packet(struct conn *c, const uint8_t *p, size_t n, uint64_t t_user, uint64_t t_kern) {
    if (!n) return;
    if (p[0] == '2') {                                   /* ping */
        n_pongs++;
        if (ws_text(c, "3", 1)) drop_conn(c);
    } else if (c->st == OPENING && p[0] == '0') {        /* open: connect to the namespace */
        c->st = SIO_CONNECT;
        if (ws_text(c, "40", 2)) drop_conn(c);
    } else if (c->st == SIO_CONNECT && n > 1 && p[0] == '4' && p[1] == '0') {
        if (c == &cs[N]) { on_joined(c); return; }       /* the chair does not join the room */
        char b[512];
        int k = *o_join_body ? snprintf(b, sizeof b, "421[\"%s\",%s]", o_join_event, o_join_body)
                             : snprintf(b, sizeof b, "421[\"%s\",{\"room\":\"%s\",\"tablet\":%d}]",
                                        o_join_event, o_room, (int)(c - cs));
        c->st = JOINING;
        if (ws_text(c, b, k)) drop_conn(c);
    } else if (c->st == JOINING && n > 1 && p[0] == '4' && p[1] == '3') {   /* ack of the join */
        on_joined(c);
    } else if (c->st == JOINED && n > 2 && p[0] == '4' && p[1] == '2') {
        size_t head = n < 400 ? n : 400;
        const uint8_t *q = find(p, head, "\"seq\":");
        if (!q) return;
        uint32_t seq = strtoul((const char *)q + 6, NULL, 10);
        if (seq < cur_first || seq > cur_last || c == &cs[N]) return;
        if (seq < c->seen) order_errors++;
        c->seen = seq;
        size_t i = (size_t)(seq - cur_first) * N + (c - cs);
        if (!isnan(lat_user[i])) { dup_count++; return; }
        lat_user[i] = (t_user - t0_mono[seq - cur_first]) / 1e6;
        lat_kern[i] = t_kern ? ((double)t_kern - (double)t0_real[seq - cur_first]) / 1e6 : lat_user[i];
        got++;
    } else if (p[0] == '1' || (p[0] == '4' && n > 1 && p[1] == '4')) {
        if (c == &cs[N]) why_chair = "Engine.IO close";
        closed_eio++;
        drop_conn(c);                                    /* close, or connect error */
    }
}

static const uint8_t *inflate_msg(struct conn *c, const uint8_t *p, size_t n, size_t *out) {
    static uint8_t big[1 << 20];
    static uint8_t tail[4] = {0, 0, 0xff, 0xff};
    if (!c->z) {
        c->z = calloc(1, sizeof *c->z);
        if (inflateInit2(c->z, -15) != Z_OK) die("inflateInit2");
    }
    c->z->next_out = big;
    c->z->avail_out = sizeof big - 1;
    c->z->next_in = (uint8_t *)p;
    c->z->avail_in = n;
    if (inflate(c->z, Z_SYNC_FLUSH) < 0) die("inflate");
    c->z->next_in = tail;
    c->z->avail_in = 4;
    inflate(c->z, Z_SYNC_FLUSH);
    *out = sizeof big - 1 - c->z->avail_out;
    big[*out] = 0;
    return big;
}

/* Parse what is complete in p[0..n); returns the bytes used. */
static size_t on_bytes(struct conn *c, const uint8_t *p, size_t n, uint64_t t_user, uint64_t t_kern) {
    size_t used = 0;
    if (c->st == HTTP) {
        const uint8_t *e = find(p, n, "\r\n\r\n");
        if (!e) return 0;
        if (n < 12 || memcmp(p + 9, "101", 3)) { drop_conn(c); return n; }
        c->deflate = memmem(p, e - p, "permessage-deflate", 18) != NULL;
        c->st = OPENING;
        used = e + 4 - p;
    }
    while (c->fd >= 0 && n - used >= 2) {
        const uint8_t *f = p + used;
        size_t avail = n - used, h = 2, len = f[1] & 127;
        if (len == 126) { if (avail < 4) break; len = f[2] << 8 | f[3]; h = 4; }
        else if (len == 127) {
            if (avail < 10) break;
            len = 0;
            for (int i = 0; i < 8; i++) len = len << 8 | f[2 + i];
            h = 10;
        }
        if (avail < h + len) break;
        int op = f[0] & 15;
        if (op == 8) {
            if (c == &cs[N]) why_chair = "WebSocket close frame";
            closed_frame++;
            drop_conn(c);
            return n;
        }
        if (op == 1 || op == 2) {
            const uint8_t *m = f + h;
            size_t mlen = len;
            if (f[0] & 0x40) m = inflate_msg(c, f + h, len, &mlen);
            on_packet(c, m, mlen, t_user, t_kern);
        } else if (op == 9) {
            uint8_t pong[6 + 125] = {0x8a, 0x80 | len, 0, 0, 0, 0};    /* must carry the ping's payload */
            if (len <= 125) {
                memcpy(pong + 6, f + h, len);
                write_all(c, pong, 6 + len);
            }
        }
        used += h + len;
    }
    return used;
}

static void on_readable(struct conn *c) {
    static uint8_t buf[1 << 18];
    uint8_t ctl[128];
    size_t have = c->part_len;
    if (have) memcpy(buf, c->part, have);
    struct iovec iov = {buf + have, sizeof buf - have - 1};
    struct msghdr mh = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = ctl, .msg_controllen = sizeof ctl};
    ssize_t r = recvmsg(c->fd, &mh, 0);
    if (r < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (r <= 0) {
        if (c == &cs[N]) why_chair = r ? strerror(errno) : "EOF";
        if (r) closed_err++; else closed_eof++;
        drop_conn(c);
        return;
    }
    uint64_t t_user = now_ns(CLOCK_MONOTONIC), t_kern = 0;
    for (struct cmsghdr *m = CMSG_FIRSTHDR(&mh); m; m = CMSG_NXTHDR(&mh, m))
        if (m->cmsg_level == SOL_SOCKET && m->cmsg_type == SO_TIMESTAMPNS) {
            struct timespec t;
            memcpy(&t, CMSG_DATA(m), sizeof t);
            t_kern = (uint64_t)t.tv_sec * 1000000000ull + t.tv_nsec;
        }
    rx_bytes += r;
    size_t n = have + r;
    buf[n] = 0;
    size_t used = on_bytes(c, buf, n, t_user, t_kern);
    if (c->fd < 0) return;
    c->part_len = n - used;
    if (c->part_len) {
        if (c->part_len > c->part_cap) {
            c->part_cap = c->part_len * 2;
            c->part = realloc(c->part, c->part_cap);
        }
        memcpy(c->part, buf + used, c->part_len);
    }
}

/* One round of the loop; ms < 0 waits for ever. */
static void poll_once(int ms) {
    static struct epoll_event ev[1024];
    int k = epoll_wait(ep, ev, 1024, ms);
    for (int i = 0; i < k; i++) {
        struct conn *c = ev[i].data.ptr;
        if (c->fd < 0) continue;
        if (c->st == CONNECTING) {
            int err = 0;
            socklen_t l = sizeof err;
            getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &err, &l);
            if (err) { n_refused++; drop_conn(c); }
            else send_upgrade(c);
        } else if (c->st != STALLED)
            on_readable(c);
    }
}

static int cmp_d(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quant(const double *sorted, int n, double q) {
    if (!n) return NAN;
    int i = (int)ceil(q * n) - 1;
    return sorted[i < 0 ? 0 : i >= n ? n - 1 : i];
}

static void print_num(double v) {
    if (isnan(v)) printf("null"); else printf("%.4f", v);
}

static void connect_all(void) {
    uint64_t t0 = now_ns(CLOCK_MONOTONIC), deadline = t0 + (uint64_t)o_join_timeout_ms * 1000000ull;
    uint64_t next_retry_scan = 0;
    int next = 0, total = N + 1, limit = o_storm ? total : o_conc;
    while (n_joined < total) {
        uint64_t t = now_ns(CLOCK_MONOTONIC);
        if (t > deadline) break;
        while (next < total && n_inflight < limit) {
            start_conn(&cs[next == 0 ? N : next - 1]);   /* the chair first */
            next++;
        }
        if (t > next_retry_scan) {
            next_retry_scan = t + 10000000ull;
            for (int i = 0; i < total; i++)
                if (cs[i].st == CLOSED && n_inflight < limit && cs[i].t_retry <= t) start_conn(&cs[i]);
        }
        poll_once(10);
    }
    uint64_t t1 = now_ns(CLOCK_MONOTONIC);
    double *d = malloc(sizeof(double) * total);
    int k = 0, defl = 0;
    for (int i = 0; i < total; i++)
        if (cs[i].st == JOINED) {
            d[k++] = (cs[i].t_joined - t0) / 1e6;      /* since the storm began */
            defl += cs[i].deflate;
        }
    qsort(d, k, sizeof(double), cmp_d);
    printf("{\"ev\":\"joined\",\"clients\":%d,\"joined\":%d,\"wall_ms\":%.2f,\"retries\":%ld,\"refused\":%ld,"
           "\"deflate\":%d,\"p50_ms\":", N, n_joined - (cs[N].st == JOINED), (t1 - t0) / 1e6, n_retries,
           n_refused, defl);
    print_num(quant(d, k, .5)); printf(",\"p99_ms\":"); print_num(quant(d, k, .99));
    printf(",\"last_ms\":"); print_num(quant(d, k, 1)); printf("}\n");
    fflush(stdout);
    free(d);
}

static uint32_t next_seq;
static char *page_msg;

/* The chair's HTTP connection: kept alive, answers read and thrown away. */
static void post_turn(uint32_t seq) {
    static int fd = -1;
    static char b[4096], junk[65536];
    char body[256];
    int i = seq - cur_first, one = 1;
    if (fd >= 0) while (recv(fd, junk, sizeof junk, MSG_DONTWAIT) > 0) {}
    int len = sprintf(body, "{\"id\":\"bench-%u-%ld\",\"name\":\"turn_page\",\"args\":{\"page\":%u}}", seq,
                      (long)getpid(), seq % o_pages + 1);
    int n = snprintf(b, sizeof b,
                     "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\nX-Meetingroom: 1\r\n%s\r\n"
                     "Content-Length: %d\r\n\r\n%s", o_post, o_host, o_post_port, o_post_header, len, body);
    for (int attempt = 0; attempt < 2; attempt++) {
        if (fd < 0) {
            struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(o_post_port)};
            inet_pton(AF_INET, o_host, &a.sin_addr);
            fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            if (connect(fd, (struct sockaddr *)&a, sizeof a)) die("the chair cannot connect: %s", strerror(errno));
        }
        t0_real[i] = now_ns(CLOCK_REALTIME);
        t0_mono[i] = now_ns(CLOCK_MONOTONIC);
        if (send(fd, b, n, MSG_NOSIGNAL) == n) return;
        close(fd);
        fd = -1;
    }
    die("the chair cannot send");
}

static void send_page(uint32_t seq) {
    int i = seq - cur_first;
    if (*o_post) { post_turn(seq); return; }
    struct timespec w;
    clock_gettime(CLOCK_REALTIME, &w);
    int n = sprintf(page_msg,
        "42[\"%s\",{\"meeting\":\"%s\",\"seq\":%u,\"doc\":\"d1e7a0c4-93b8-4f55-8a1c-2f7f0a9b6c3e\","
        "\"page\":%u,\"ts\":%ld.%03ld",
        o_page_event, o_room, seq, seq % 97 + 1, (long)w.tv_sec, w.tv_nsec / 1000000);
    if (o_pad) {
        n += sprintf(page_msg + n, ",\"pad\":\"");
        for (int k = 0; k < o_pad; k++) page_msg[n++] = 'a' + (k * 7 + seq) % 26;
        page_msg[n++] = '"';
    }
    n += sprintf(page_msg + n, "}]");
    t0_real[i] = now_ns(CLOCK_REALTIME);
    t0_mono[i] = now_ns(CLOCK_MONOTONIC);
    if (ws_text(&cs[N], page_msg, n)) 
        die("the chair's connection failed: %s; %d tablets closed (eof %ld, error %ld, close frame %ld, eio close %ld), pongs %ld",
            why_chair, n_closed_after, closed_eof, closed_err, closed_frame, closed_eio, n_pongs);
}

static void pause_ms(double ms) {
    uint64_t end = now_ns(CLOCK_MONOTONIC) + (uint64_t)(ms * 1e6), t;
    while ((t = now_ns(CLOCK_MONOTONIC)) < end) poll_once((int)((end - t + 999999) / 1000000));
}

/* T rounds of B turns each, SPACE_MS apart within a round. Prints per-turn figures. */
static void run_turns(int T, int B, double space_ms, double gap_ms) {
    double *u = malloc(sizeof(double) * N), *kk = malloc(sizeof(double) * N);
    struct rusage r0, r1;
    long lost = 0, delivered = 0;
    lat_user = malloc(sizeof(double) * N * B);
    lat_kern = malloc(sizeof(double) * N * B);
    t0_mono = malloc(sizeof(uint64_t) * B);
    t0_real = malloc(sizeof(uint64_t) * B);
    dup_count = order_errors = 0;
    getrusage(RUSAGE_SELF, &r0);
    uint64_t w0 = now_ns(CLOCK_MONOTONIC);
    printf("{\"ev\":\"run\",\"turns\":[");
    for (int t = 0, first = 1; t < T; t++) {
        cur_first = next_seq;
        cur_last = next_seq + B - 1;
        next_seq += B;
        got = 0;
        for (int i = 0; i < N * B; i++) lat_user[i] = lat_kern[i] = NAN;
        int want = (n_joined - (cs[N].st == JOINED)) * B;
        for (int b = 0; b < B; b++) {
            if (b) pause_ms(space_ms);
            send_page(cur_first + b);
        }
        uint64_t end = now_ns(CLOCK_MONOTONIC) + (uint64_t)o_timeout_ms * 1000000ull;
        while (got < want && now_ns(CLOCK_MONOTONIC) < end) poll_once(50);
        if (got < want) lost += want - got;
        delivered += got;
        for (int b = 0; b < B; b++) {                    /* [n, kern p50,p99,last, user p50,p99,last] */
            int n = 0;
            for (int i = 0; i < N; i++)
                if (!isnan(lat_user[b * N + i])) { u[n] = lat_user[b * N + i]; kk[n] = lat_kern[b * N + i]; n++; }
            qsort(u, n, sizeof(double), cmp_d);
            qsort(kk, n, sizeof(double), cmp_d);
            printf("%s[%d", first ? "" : ",", n);
            first = 0;
            double v[6] = {quant(kk, n, .5), quant(kk, n, .99), quant(kk, n, 1),
                           quant(u, n, .5), quant(u, n, .99), quant(u, n, 1)};
            for (int i = 0; i < 6; i++) { printf(","); print_num(v[i]); }
            printf("]");
        }
        if (gap_ms > 0) pause_ms(gap_ms);
    }
    getrusage(RUSAGE_SELF, &r1);
    double cpu = (r1.ru_utime.tv_sec - r0.ru_utime.tv_sec + r1.ru_stime.tv_sec - r0.ru_stime.tv_sec) * 1e6 +
                 (r1.ru_utime.tv_usec - r0.ru_utime.tv_usec + r1.ru_stime.tv_usec - r0.ru_stime.tv_usec);
    printf("],\"delivered\":%ld,\"lost\":%ld,\"dup\":%d,\"order_errors\":%d,\"closed\":%d,\"pongs\":%ld,"
           "\"loadgen_cpu_us\":%.0f,\"wall_ms\":%.1f}\n", delivered, lost, dup_count, order_errors,
           n_closed_after, n_pongs, cpu, (now_ns(CLOCK_MONOTONIC) - w0) / 1e6);
    fflush(stdout);
    free(u); free(kk); free(lat_user); free(lat_kern); free(t0_mono); free(t0_real);
    cur_first = 1;
    cur_last = 0;
}

static void stall(double pct) {
    int want = (int)(N * pct / 100.0 + 0.5), step = want ? N / want : 0, k = 0;
    for (int i = 0; i < N && k < want; i += step)
        if (cs[i].st == JOINED) {
            watch(&cs[i], EPOLL_CTL_DEL, 0);
            cs[i].st = STALLED;
            n_joined--;
            k++;
        }
    n_stalled += k;
    printf("{\"ev\":\"stalled\",\"n\":%d}\n", k);
    fflush(stdout);
}

/* What became of the stalled ones: has the server ended their connection? */
static void stalled_report(void) {
    int closed = 0, open = 0;
    for (int i = 0; i < N; i++)
        if (cs[i].st == STALLED) {
            struct tcp_info ti;
            socklen_t l = sizeof ti;
            getsockopt(cs[i].fd, IPPROTO_TCP, TCP_INFO, &ti, &l);
            if (ti.tcpi_state == 1) open++; else closed++;
        }
    printf("{\"ev\":\"stalled_report\",\"open\":%d,\"closed\":%d,\"others_closed\":%d}\n", open, closed, n_closed_after);
    fflush(stdout);
}

int main(int argc, char **argv) {
    for (int i = 1; i + 1 < argc; i += 2) {
        char *k = argv[i], *v = argv[i + 1];
        if (!strcmp(k, "--host")) o_host = v;
        else if (!strcmp(k, "--port")) o_port = atoi(v);
        else if (!strcmp(k, "--path")) o_path = v;
        else if (!strcmp(k, "--query")) o_query = v;
        else if (!strcmp(k, "--header")) o_header = v;
        else if (!strcmp(k, "--room")) o_room = v;
        else if (!strcmp(k, "--join-event")) o_join_event = v;
        else if (!strcmp(k, "--join-body")) o_join_body = v;
        else if (!strcmp(k, "--post")) o_post = v;
        else if (!strcmp(k, "--post-port")) o_post_port = atoi(v);
        else if (!strcmp(k, "--post-header")) o_post_header = v;
        else if (!strcmp(k, "--first-seq")) o_first_seq = atoi(v);
        else if (!strcmp(k, "--pages")) o_pages = atoi(v);
        else if (!strcmp(k, "--page-event")) o_page_event = v;
        else if (!strcmp(k, "--clients")) o_clients = atoi(v);
        else if (!strcmp(k, "--conc")) o_conc = atoi(v);
        else if (!strcmp(k, "--storm")) o_storm = atoi(v);
        else if (!strcmp(k, "--deflate")) o_deflate = atoi(v);
        else if (!strcmp(k, "--pad")) o_pad = atoi(v);
        else if (!strcmp(k, "--rcvbuf")) o_rcvbuf = atoi(v);
        else if (!strcmp(k, "--timeout-ms")) o_timeout_ms = atoi(v);
        else if (!strcmp(k, "--join-timeout-ms")) o_join_timeout_ms = atoi(v);
        else if (!strcmp(k, "--retry-ms")) o_retry_ms = atoi(v);
        else die("unknown option %s", k);
    }
    if (!o_post_port) o_post_port = o_port;
    N = o_clients;
    next_seq = o_first_seq;
    page_msg = malloc(o_pad + 1024);
    cs = calloc(N + 1, sizeof *cs);
    for (int i = 0; i <= N; i++) cs[i].fd = -1;
    srand48(now_ns(CLOCK_MONOTONIC));
    ep = epoll_create1(EPOLL_CLOEXEC);
    connect_all();

    /* Commands. Between them pings must be answered, so stdin is polled by the same loop. */
    struct epoll_event se = {.events = EPOLLIN, .data.ptr = NULL};
    int sep = epoll_create1(EPOLL_CLOEXEC);
    epoll_ctl(sep, EPOLL_CTL_ADD, 0, &se);
    struct epoll_event both;
    se.data.u64 = 1;
    epoll_ctl(sep, EPOLL_CTL_ADD, ep, &se);
    char line[256];
    setvbuf(stdin, NULL, _IONBF, 0);
    for (;;) {
        if (epoll_wait(sep, &both, 1, -1) != 1) continue;
        if (both.data.u64 == 1) { poll_once(0); continue; }
        if (!fgets(line, sizeof line, stdin)) break;
        int T, B;
        double a, b;
        if (sscanf(line, "run %d %lf", &T, &a) == 2) run_turns(T, 1, 0, a);
        else if (sscanf(line, "burst %d %d %lf %lf", &T, &B, &a, &b) == 4) run_turns(T, B, a, b);
        else if (sscanf(line, "stall %lf", &a) == 1) stall(a);
        else if (!strncmp(line, "report", 6)) stalled_report();
        else if (sscanf(line, "idle %lf", &a) == 1) {
            pause_ms(a);
            printf("{\"ev\":\"idle\",\"joined\":%d,\"pongs\":%ld}\n", n_joined, n_pongs);
            fflush(stdout);
        } else if (!strncmp(line, "drop", 4)) {
            for (int i = 0; i < N; i++) drop_conn(&cs[i]);
            printf("{\"ev\":\"dropped\"}\n");
            fflush(stdout);
        } else if (!strncmp(line, "quit", 4)) break;
    }
    return 0;
}
