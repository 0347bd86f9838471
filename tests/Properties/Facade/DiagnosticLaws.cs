using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Fact.Host;
using Fact.Ir;
using Fact.Properties.Cli;
using Fact.Properties.Generators;
using Fact.Values;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Facade;

/// <summary>Codes of diagnostics are stable, explained, and all of them are used.</summary>
public sealed class DiagnosticLaws
{
    private static readonly Dictionary<DiagnosticCode, Func<IEnumerable<Diagnostic>>> Examples = new()
    {
        [DiagnosticCode.Malformed] = () => Compile([.. Module.ConvertText("(component)"), 0x63]),
        [DiagnosticCode.NotAComponent] = () => Compile(Module.ConvertText("(module)")),
        [DiagnosticCode.MalformedText] = () => WaveParser.ParseValue("some(", ValType.Of(PrimitiveType.U8)).Match(_ => [], error => new[] { error }),
        [DiagnosticCode.NotDefined] = () => Compile("(component (type (list 9)))"),
        [DiagnosticCode.WrongKind] = () => Compile("(component (type $f (func)) (type (list $f)))"),
        [DiagnosticCode.InvalidName] = () => Compiled.Errors(Simple() with { Name = "\ud800" }),
        [DiagnosticCode.DuplicateName] = () => Compiled.Errors(Simple(), Simple()),
        [DiagnosticCode.InvalidType] = () => Compiled.Errors(AdapterPlan.Of(new([new("p", new ValType.Tuple([]))], null)).Build()),
        [DiagnosticCode.TypeMismatch] = () =>
            Compiled.Errors(Simple() with { Lift = Simple().Lift with { Type = new([new("p", ValType.Of(PrimitiveType.S64))], null) } }),
        [DiagnosticCode.HiddenType] = () => Compile("(component (type $t (enum \"x\")) (import \"f\" (func (param \"p\" $t))))"),
        [DiagnosticCode.CanonicalOption] = () => Compiled.Errors(With(options => options with { PostReturn = new(3), Async = true })),
        [DiagnosticCode.WrongCoreType] = () => Compiled.Errors(Simple() with { Lift = Simple().Lift with { CoreType = new([], [CoreValType.F64]) } }),
        [DiagnosticCode.TooLarge] = () => Compiled.Errors(Simple() with { Name = new string('a', 100_001) }),
        [DiagnosticCode.EngineLimit] = () => Compiled.Errors([.. Enumerable.Range(0, 60).Select(ManyMemories)]),
        [DiagnosticCode.Unsupported] = () => Compile("(component (type (stream char)))"),
        [DiagnosticCode.MissingImport] = () => Run("(component (import \"r\" (type (sub resource))))", HostImports.None),
        [DiagnosticCode.WrongImport] = () => Run("(component (import \"r\" (type (sub resource))))", HostImports.None.WithFunction("r", _ => null)),
        [DiagnosticCode.EngineRefused] = () => Run("(component (core module $m (func (result i32))) (core instance (instantiate $m)))", HostImports.None),
        [DiagnosticCode.InvalidValue] = () =>
            ValueCheck.Check(new ComponentValue.Bool(true), ValType.Of(PrimitiveType.U8)).Match(_ => [], errors => errors.AsEnumerable()),
        [DiagnosticCode.InvalidHandle] = () => Use("(component)", instance => instance.Drop(HostHandle.New(new ResourceType("r"), 1)).Match(_ => [], Rejected)),
        [DiagnosticCode.NotNow] = () => AfterItsEnd("(component)"),
    };

    public static TheoryData<DiagnosticCode> Codes => [.. Enum.GetValues<DiagnosticCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_is_used_and_written_with_its_number(DiagnosticCode code)
    {
        var found = Examples[code]().ToArray();
        Assert.Contains(found, diagnostic => diagnostic.Code == code);
        Assert.All(found, diagnostic => Assert.Equal($"FACT{(int)diagnostic.Code}", diagnostic.Id));
        Assert.All(found, diagnostic => Assert.DoesNotContain('\n', diagnostic.ToString()));
        Assert.Equal(found.Distinct(), found);
    }

    [Fact]
    public void The_document_explains_every_code_and_no_other()
    {
        var rows = Regex.Matches(Repository.Text("docs", "diagnostics.md"), @"^\| `FACT(\d+)` \| `(\w+)` \| [^|]+ \|[^|\n]*\|$", RegexOptions.Multiline);
        Assert.Equal(
            Enum.GetValues<DiagnosticCode>().Select(code => ($"{(int)code}", $"{code}")),
            rows.Select(row => (row.Groups[1].Value, row.Groups[2].Value)));
    }

    private static Adapter Simple() => AdapterPlan.Of(new([new("p", ValType.Of(PrimitiveType.U32))], null)).Build();

    private static Adapter With(Func<CanonicalOptions, CanonicalOptions> change) =>
        Simple() with { Lift = Simple().Lift with { Options = change(Simple().Lift.Options) } };

    /// <summary>An adapter between two memories that no other has.</summary>
    private static Adapter ManyMemories(int number)
    {
        var adapter = AdapterPlan.Of(new([new("p", ValType.Of(PrimitiveType.String))], null)).Build();
        return adapter with { Name = $"a{number}", Lift = Own(adapter.Lift, 2 * number), Lower = Own(adapter.Lower, (2 * number) + 1) };

        static AdapterSide Own(AdapterSide side, int memory) =>
            side with { Options = side.Options with { Memory = side.Options.Memory! with { Id = new((uint)(500 + memory)) } } };
    }

    private static IEnumerable<Diagnostic> Compile(string text) => Compile(Module.ConvertText(text));

    private static IEnumerable<Diagnostic> Compile(byte[] component) =>
        ComponentCompiler.Compile(component, CompileOptions.Default).Match(_ => [], errors => errors.Items);

    private static IEnumerable<Diagnostic> Run(string text, HostImports imports)
    {
        using var engine = new HostEngine();
        return ComponentHost.Open(engine, Module.ConvertText(text)).Match(
            host =>
            {
                using (host)
                    return host.Instantiate(imports).Match(instance => [], Rejected);
            },
            errors => errors.Items);
    }

    private static IEnumerable<Diagnostic> Use(string text, Func<ComponentInstance, IEnumerable<Diagnostic>> use)
    {
        using var engine = new HostEngine();
        using var host = ComponentHost.Open(engine, Module.ConvertText(text)).Match(found => found, errors => throw new InvalidOperationException(errors.ToString()));
        using var instance = host.Instantiate().Match(found => found, failure => throw new InvalidOperationException(failure.ToString()));
        return use(instance);
    }

    private static IEnumerable<Diagnostic> AfterItsEnd(string text)
    {
        using var engine = new HostEngine();
        var host = ComponentHost.Open(engine, Module.ConvertText(text)).Match(found => found, errors => throw new InvalidOperationException(errors.ToString()));
        host.Dispose();
        return host.Instantiate().Match(_ => [], Rejected);
    }

    private static IEnumerable<Diagnostic> Rejected(CallFailure failure) => ((CallFailure.Rejected)failure).Errors.Items;
}
