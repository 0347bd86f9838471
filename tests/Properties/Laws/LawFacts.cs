using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Fact.Model.Laws;
using FsCheck.Xunit;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Fact.Properties.Laws;

/// <summary>Laws try the same every time, and say how to see a failure again.</summary>
public sealed class LawFacts
{
    private static readonly List<int> Tried = [];

    [Fact]
    public void Every_law_takes_the_seed() =>
        Assert.DoesNotContain(
            typeof(LawFacts).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttributes<PropertyAttribute>()),
            attribute => attribute is not LawAttribute);

    [Fact]
    public async Task A_law_that_fails_says_how_to_see_it_again_and_tries_the_same_every_time()
    {
        var first = await Run();
        int[] tried = [.. Tried];
        Tried.Clear();
        var second = await Run();
        Assert.Equal(tried, Tried);
        Assert.Equal(first, second);
        Assert.StartsWith($"Again: FACT_FUZZ_SEED={Fuzz.Replay} FACT_FUZZ_CASES={Fuzz.Cases ?? 70} dotnet test tests/Properties -c Release --filter FullyQualifiedName=",
            first);
        Assert.Contains(nameof(Wrong) + "." + nameof(Wrong.Small) + "\n", first);
        Assert.Contains("Falsifiable", first);
    }

    private static async Task<string> Run()
    {
        using var bus = new Bus();
        var assembly = new TestAssembly(Reflector.Wrap(typeof(Wrong).Assembly));
        var @class = new TestClass(new TestCollection(assembly, null, "laws"), Reflector.Wrap(typeof(Wrong)));
        var method = new TestMethod(@class, Reflector.Wrap(typeof(Wrong).GetMethod(nameof(Wrong.Small))!));
        var attribute = method.Method.GetCustomAttributes(typeof(LawAttribute)).Single();
        var @case = new LawDiscoverer(new NullMessageSink()).Discover(new NoOptions(), method, attribute).Single();
        var summary = await @case.RunAsync(new NullMessageSink(), bus, [], new ExceptionAggregator(), new CancellationTokenSource());
        Assert.Equal(1, summary.Failed);
        return Assert.Single(bus.Failures);
    }

    /// <summary>A law that does not hold; it is abstract so that only the test above finds it.</summary>
    public abstract class Wrong
    {
        [Law(70)]
        public static void Small(int number)
        {
            Tried.Add(number);
            Assert.InRange(number, -5, 5);
        }
    }

    private sealed class NoOptions : ITestFrameworkDiscoveryOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value)
        {
        }
    }

    private sealed class Bus : IMessageBus
    {
        public List<string> Failures { get; } = [];

        public bool QueueMessage(IMessageSinkMessage message)
        {
            if (message is ITestFailed failed)
                Failures.Add(string.Join("\n", failed.Messages));
            return true;
        }

        public void Dispose()
        {
        }
    }
}
