using System;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>Those with results.</summary>
internal abstract partial class CoreCallback
{
    private sealed class Func0<R>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<R>(store, Call);

        private R Call()
        {
            Span<ulong> results = stackalloc ulong[1];
            body([], results);
            return CoreValues.To<R>(results[0]);
        }
    }

    private sealed class Func1<A, R>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, R>(store, Call);

        private R Call(A? a)
        {
            Span<ulong> results = stackalloc ulong[1];
            body([CoreValues.From(a)], results);
            return CoreValues.To<R>(results[0]);
        }
    }

    private sealed class Func2<A, B, R>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, R>(store, Call);

        private R Call(A? a, B? b)
        {
            Span<ulong> results = stackalloc ulong[1];
            body([CoreValues.From(a), CoreValues.From(b)], results);
            return CoreValues.To<R>(results[0]);
        }
    }

    private sealed class Func3<A, B, C, R>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, R>(store, Call);

        private R Call(A? a, B? b, C? c)
        {
            Span<ulong> results = stackalloc ulong[1];
            body([CoreValues.From(a), CoreValues.From(b), CoreValues.From(c)], results);
            return CoreValues.To<R>(results[0]);
        }
    }

    private sealed class Func4<A, B, C, D, R>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, R>(store, Call);

        private R Call(A? a, B? b, C? c, D? d)
        {
            Span<ulong> results = stackalloc ulong[1];
            body([CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d)], results);
            return CoreValues.To<R>(results[0]);
        }
    }

    private sealed class Func5<A, B, C, D, E, R>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, R>(store, Call);

        private R Call(A? a, B? b, C? c, D? d, E? e)
        {
            Span<ulong> results = stackalloc ulong[1];
            body([CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e)], results);
            return CoreValues.To<R>(results[0]);
        }
    }

    private sealed class Func6<A, B, C, D, E, F, R>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F, R>(store, Call);

        private R Call(A? a, B? b, C? c, D? d, E? e, F? f)
        {
            Span<ulong> results = stackalloc ulong[1];
            body([CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f)], results);
            return CoreValues.To<R>(results[0]);
        }
    }

    private sealed class Func7<A, B, C, D, E, F, G, R>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F, G, R>(store, Call);

        private R Call(A? a, B? b, C? c, D? d, E? e, F? f, G? g)
        {
            Span<ulong> results = stackalloc ulong[1];
            body([CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f), CoreValues.From(g)], results);
            return CoreValues.To<R>(results[0]);
        }
    }

    private sealed class Func8<A, B, C, D, E, F, G, H, R>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F, G, H, R>(store, Call);

        private R Call(A? a, B? b, C? c, D? d, E? e, F? f, G? g, H? h)
        {
            Span<ulong> results = stackalloc ulong[1];
            body(
                [
                    CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f), CoreValues.From(g),
                    CoreValues.From(h)
                ],
                results);
            return CoreValues.To<R>(results[0]);
        }
    }

    private sealed class Func9<A, B, C, D, E, F, G, H, I, R>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F, G, H, I, R>(store, Call);

        private R Call(A? a, B? b, C? c, D? d, E? e, F? f, G? g, H? h, I? i)
        {
            Span<ulong> results = stackalloc ulong[1];
            body(
                [
                    CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f), CoreValues.From(g),
                    CoreValues.From(h), CoreValues.From(i)
                ],
                results);
            return CoreValues.To<R>(results[0]);
        }
    }

    private sealed class Func10<A, B, C, D, E, F, G, H, I, J, R>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F, G, H, I, J, R>(store, Call);

        private R Call(A? a, B? b, C? c, D? d, E? e, F? f, G? g, H? h, I? i, J? j)
        {
            Span<ulong> results = stackalloc ulong[1];
            body(
                [
                    CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f), CoreValues.From(g),
                    CoreValues.From(h), CoreValues.From(i), CoreValues.From(j)
                ],
                results);
            return CoreValues.To<R>(results[0]);
        }
    }

    private sealed class Func11<A, B, C, D, E, F, G, H, I, J, K, R>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F, G, H, I, J, K, R>(store, Call);

        private R Call(A? a, B? b, C? c, D? d, E? e, F? f, G? g, H? h, I? i, J? j, K? k)
        {
            Span<ulong> results = stackalloc ulong[1];
            body(
                [
                    CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f), CoreValues.From(g),
                    CoreValues.From(h), CoreValues.From(i), CoreValues.From(j), CoreValues.From(k)
                ],
                results);
            return CoreValues.To<R>(results[0]);
        }
    }

    private sealed class Func12<A, B, C, D, E, F, G, H, I, J, K, L, R>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, F, G, H, I, J, K, L, R>(store, Call);

        private R Call(A? a, B? b, C? c, D? d, E? e, F? f, G? g, H? h, I? i, J? j, K? k, L? l)
        {
            Span<ulong> results = stackalloc ulong[1];
            body(
                [
                    CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e), CoreValues.From(f), CoreValues.From(g),
                    CoreValues.From(h), CoreValues.From(i), CoreValues.From(j), CoreValues.From(k), CoreValues.From(l)
                ],
                results);
            return CoreValues.To<R>(results[0]);
        }
    }

    private sealed class Pair0<R, S>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<R, S>(store, Call);

        private (R, S) Call()
        {
            Span<ulong> results = stackalloc ulong[2];
            body([], results);
            return (CoreValues.To<R>(results[0]), CoreValues.To<S>(results[1]));
        }
    }

    private sealed class Pair1<A, R, S>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, R, S>(store, Call);

        private (R, S) Call(A? a)
        {
            Span<ulong> results = stackalloc ulong[2];
            body([CoreValues.From(a)], results);
            return (CoreValues.To<R>(results[0]), CoreValues.To<S>(results[1]));
        }
    }

    private sealed class Pair2<A, B, R, S>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, R, S>(store, Call);

        private (R, S) Call(A? a, B? b)
        {
            Span<ulong> results = stackalloc ulong[2];
            body([CoreValues.From(a), CoreValues.From(b)], results);
            return (CoreValues.To<R>(results[0]), CoreValues.To<S>(results[1]));
        }
    }

    private sealed class Pair3<A, B, C, R, S>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, R, S>(store, Call);

        private (R, S) Call(A? a, B? b, C? c)
        {
            Span<ulong> results = stackalloc ulong[2];
            body([CoreValues.From(a), CoreValues.From(b), CoreValues.From(c)], results);
            return (CoreValues.To<R>(results[0]), CoreValues.To<S>(results[1]));
        }
    }

    private sealed class Pair4<A, B, C, D, R, S>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, R, S>(store, Call);

        private (R, S) Call(A? a, B? b, C? c, D? d)
        {
            Span<ulong> results = stackalloc ulong[2];
            body([CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d)], results);
            return (CoreValues.To<R>(results[0]), CoreValues.To<S>(results[1]));
        }
    }

    private sealed class Pair5<A, B, C, D, E, R, S>(CoreBody body) : CoreCallback
    {
        public override Function In(Store store) => Function.FromCallback<A, B, C, D, E, R, S>(store, Call);

        private (R, S) Call(A? a, B? b, C? c, D? d, E? e)
        {
            Span<ulong> results = stackalloc ulong[2];
            body([CoreValues.From(a), CoreValues.From(b), CoreValues.From(c), CoreValues.From(d), CoreValues.From(e)], results);
            return (CoreValues.To<R>(results[0]), CoreValues.To<S>(results[1]));
        }
    }

}
