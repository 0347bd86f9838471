"""Calls between instances: what the storage of threads, resource handles, borrows, destructors, post-returns and the ban to leave do, in scripts that are made up while they run."""

R = 2                                   # resource types: type r is implemented by instance r + 1
INSTANCES = 3


def without_threads(d):
    """Synchronous calls never block, so that a continuation may run where it is resumed; a trap then ends everything."""
    def cont_new(f):
        cont = d.Continuation()
        cont.f = f
        return cont

    def resume(cont, block_result, current_thread):
        handler = d.Handler()
        handler.current_thread = current_thread
        outer = getattr(d.thread_local_handler, 'value', None)
        d.thread_local_handler.value = handler
        try:
            return None, cont.f(block_result)
        finally:
            d.thread_local_handler.value = outer
    d.cont_new, d.resume = cont_new, resume


class World:
    def __init__(self, d, rng):
        self.d, self.rng = d, rng
        self.store = d.Store()
        self.instances = [d.ComponentInstance(self.store) for _ in range(INSTANCES)]
        self.log, self.steps_left, self.reps = [], rng.choice([4, 8, 14, 20]), 0
        self.types = []
        for r in range(R):
            rt = d.ResourceType(self.instances[r + 1], self.destructor(r))
            rt.number = r
            self.types.append(rt)

    def destructor(self, r):
        def dtor(args):
            self.log.append(['dtor', r, args[0]])
            return []
        return dtor

    # ---- what a guest does ----

    def body(self, inst, depth, steps):
        """Core code of an instance: appends to the steps what it does."""
        for _ in range(self.rng.choice([0, 1, 1, 2, 3, 4])):
            if self.steps_left > 0:
                self.steps_left -= 1
                self.step(inst, depth, steps)

    def step(self, inst, depth, steps):
        d, rng = self.d, self.rng
        kind = rng.choice(['new', 'new', 'drop', 'rep', 'call', 'call', 'call', 'get', 'set'])
        if kind == 'get':
            i = rng.randrange(2)
            steps.append(['get', i])
            self.log.append(['context', d.canon_context_get('i32', i)[0]])
            return
        if kind == 'set':
            self.reps += 1
            steps.append(['set', rng.randrange(2), self.reps])
            d.canon_context_set('i32', *steps[-1][1:])
            return
        if not any(True for _ in self.instances[inst].handles) and rng.random() < 0.95:
            kind = 'new'
        if kind == 'call' and depth >= 4:
            kind = 'drop'
        if kind == 'new':
            r = (inst - 1) if inst > 0 and rng.random() < 0.9 else rng.randrange(R)
            self.reps += 1
            steps.append(['new', r, self.reps])
            [i] = d.canon_resource_new(self.types[r], self.reps)
            self.log.append(['new', i])
        elif kind == 'drop':
            r, i = self.handle(inst, moves=True)
            steps.append(['drop', r, i])
            d.canon_resource_drop(self.types[r], i)
            self.log.append(['dropped'])
        elif kind == 'rep':
            r, i = self.handle(inst)
            steps.append(['rep', r, i])
            self.log.append(['rep', d.canon_resource_rep(self.types[r], i)[0]])
        else:
            self.call(inst, depth, steps)

    def handle(self, inst, own=None, taken=(), moves=False):
        """A handle of the instance, mostly a good one."""
        rng = self.rng
        good = [(h.rt.number, i) for i, h in enumerate(self.instances[inst].handles.array) if h is not None and (own is None or h.own == own)
                and (not moves or h.num_lends == 0 or rng.random() < 0.05)]
        if good and rng.random() < 0.98:
            fresh = [g for g in good if g[1] not in taken]
            r, i = rng.choice(fresh if fresh and rng.random() < 0.95 else good)
            return (1 - r if rng.random() < 0.03 else r), i
        return rng.randrange(R), rng.choice([0, 1, 2, 3, 9, 2**32 - 1])

    def call(self, inst, depth, steps):
        d, rng = self.d, self.rng
        callee = rng.randrange(INSTANCES)
        params, args = [], []
        for _ in range(rng.choice([0, 1, 1, 2, 3])):
            kind = rng.choice(['own', 'borrow', 'borrow', 'u32', 'bytes'])
            if kind == 'u32':
                params.append(['u32'])
                args.append(rng.randrange(100))
            elif kind == 'bytes':
                params.append(['bytes'])
                args += [rng.randrange(8), rng.choice([0, 1, 5])]
            else:
                r, i = self.handle(inst, own=True if kind == 'own' else None, taken=args, moves=kind == 'own')
                params.append([kind, r])
                args.append(i)
        result = rng.choice([None, None, ['u32'], ['own', rng.randrange(R)]])
        step = {'in': callee, 'params': params, 'args': args, 'result': result, 'body': [], 'return': [], 'post': None, 'realloc': []}
        steps.append(['call', step])
        ft = d.FuncType([self.type(t) for t in params], [] if result is None else [self.type(result)])

        def core(flat):
            self.log.append(['enter', *flat])
            if rng.random() < 0.93:                     # tidy guests drop what they were lent
                self.body(callee, depth + 1, step['body'])
                for i, h in enumerate(self.instances[callee].handles.array):
                    if h is not None and not h.own and h.borrow_scope is d.current_task() and h.num_lends == 0:
                        step['body'].append(['drop', h.rt.number, i])
                        d.canon_resource_drop(h.rt, i)
                        self.log.append(['dropped'])
            else:
                self.body(callee, depth + 1, step['body'])
            if result == ['u32']:
                step['return'] = [rng.randrange(100)]
            elif result is not None:
                owned = [(h.rt.number, i) for i, h in enumerate(self.instances[callee].handles.array) if h is not None and h.own and h.num_lends == 0 and h.rt.number == result[1]]
                if not owned and rng.random() < 0.95:
                    self.reps += 1
                    step['body'].append(['new', result[1], self.reps])
                    owned = [(result[1], d.canon_resource_new(self.types[result[1]], self.reps)[0])]
                    self.log.append(['new', owned[0][1]])
                step['return'] = [rng.choice(owned)[1] if owned else 0]
            return list(step['return'])

        def post(flat):
            self.log.append(['post', *flat])
            if rng.random() < 0.06:
                self.body(callee, depth + 1, step['post'])
            return []

        if rng.random() < 0.3:
            step['post'] = []
        lifted = self.store.lift(core, ft, self.options(callee, depth, step, post if step['post'] is not None else None), self.instances[callee])
        lowered = self.store.lower(lifted, ft, self.options(inst, depth, step, None), self.instances[inst])
        results = lowered(args)
        self.log.append(['returned', *results])

    def type(self, t):
        d = self.d
        match t:
            case ['u32']: return d.U32Type()
            case ['bytes']: return d.ListType(d.U8Type())
            case ['own', r]: return d.OwnType(self.types[r])
            case ['borrow', r]: return d.BorrowType(self.types[r])

    def options(self, inst, depth, step, post):
        def realloc(args):
            self.log.append(['realloc', *args])
            step['realloc'].append([])
            if self.rng.random() < 0.04:
                self.body(inst, depth + 1, step['realloc'][-1])
            return [16]
        return self.d.CanonicalOptions('utf8', self.d.MemInst(bytearray(64), 'i32'), realloc, post)

    # ---- the whole run ----

    def run(self):
        d, script, trapped = self.d, [], False

        def main(_):
            for _ in range(6):
                if self.steps_left > 0:
                    self.body(0, 0, script)
            return []

        lifted = self.store.lift(main, d.FuncType([], []), d.CanonicalOptions(), self.instances[0])
        try:
            self.store.invoke(lifted, lambda: [], lambda results: None)
        except d.Trap:
            trapped = True
        line = {'script': script, 'log': self.log, 'trap': trapped}
        if not trapped:
            line['tables'] = [[None if h is None else [h.rt.number, h.rep, int(h.own), h.num_lends] for h in i.handles.array] for i in self.instances]
        return line


def call_vectors(d, rng, count):
    without_threads(d)
    made = 0
    while made < count:
        line = World(d, rng).run()
        if len(line['log']) >= 3:
            made += 1
            yield line
