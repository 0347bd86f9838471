using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Fact.Component;
using Fact.Component.Plan;
using Fact.Host;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Properties.Cli;
using Fact.Values;
using Fact.Wasi;
using Xunit;

namespace Fact.Properties.Facade;

/// <summary>The public surface is small, kept in a file, and refuses what is no argument.</summary>
public sealed class SurfaceFacts
{
    [Fact]
    public void The_public_surface_is_as_the_golden_file_has_it()
    {
        string path = Path.Combine(Repository.Root, "tests", "Properties", "Facade", "Golden", "surface.txt"), text = PublicSurface.Text();
        if (Environment.GetEnvironmentVariable("BLESS") == "1")
            File.WriteAllText(path, text);
        Assert.True(File.Exists(path), "there is no golden file surface.txt: run the tests with BLESS=1 and look at it");
        Assert.True(
            File.ReadAllText(path).ReplaceLineEndings("\n") == text,
            "the public surface is another than surface.txt says; if that is as it should be, run the tests with BLESS=1, and look at the "
                + "difference: users rely on what is there");
    }

    [Theory]
    [InlineData("Fact.Lower")]
    [InlineData("Fact.Emit")]
    [InlineData("Fact.Cli")]
    public void Rooms_inside_show_nothing(string assembly) => Assert.Empty(PublicSurface.Types(assembly));

    public static TheoryData<string, string> Parameters
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (method, parameter) in Required())
                data.Add(Named(method), parameter.Name!);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Null_is_refused_with_the_name_of_the_parameter(string method, string parameter)
    {
        var (called, refused) = Required().First(one => Named(one.Method) == method && one.Parameter.Name == parameter);
        object?[] arguments = [.. called.GetParameters().Select(one => one.Name == parameter ? null : Sample(one.ParameterType))];
        var thrown = Assert.Throws<TargetInvocationException>(() => called is ConstructorInfo constructor ? constructor.Invoke(arguments)
            : called.Invoke(called.IsStatic ? null : Sample(called.DeclaringType!), arguments));
        Assert.Equal(refused.Name, Assert.IsAssignableFrom<ArgumentException>(thrown.InnerException).ParamName);
    }

    /// <summary>What this compiler makes: users read it.</summary>
    private static bool IsMade(Type type) =>
        type.Namespace is "Fact.Component.Plan" or "Fact.Component" or "Fact.Traps"
        || type.Name is nameof(Import) or nameof(ModuleInterface) or nameof(ModuleImport) or nameof(ModuleImportType) or nameof(ModuleExport) or nameof(Diagnostic)
        or nameof(EquatableArray)
            or nameof(CompiledComponent) or nameof(AdapterModule) or nameof(RuntimeModule) or nameof(AdapterExplanation) or nameof(FunctionSize)
                or nameof(PlanExplanation) or nameof(PassEffect) or nameof(RemainingCheck) or nameof(ExportedFunction) or nameof(RequiredImport) or nameof(CallFailure)
                or nameof(Trap)
            // Of values that have parts missing, their check says so.
            or nameof(ComponentValue) or nameof(FieldValue) or nameof(MapEntry)
        || (type.Namespace == "Fact.Ir" && type.Name.StartsWith("Core", StringComparison.Ordinal) && type != typeof(CoreFuncType))
        || (type.DeclaringType is { } outer && IsMade(outer));

    private static IEnumerable<(MethodBase Method, ParameterInfo Parameter)> Required() =>
        from assembly in PublicSurface.Assemblies
        from type in PublicSurface.Types(assembly)
        where !IsMade(type) && !type.IsGenericTypeDefinition && !type.IsSubclassOf(typeof(Delegate))
        from method in PublicSurface.Callable(type)
        where !method.IsGenericMethod && (method is ConstructorInfo ? !type.IsAbstract : !method.IsSpecialName && (method.IsStatic || Sample(type) is not null))
        from parameter in method.GetParameters()
        where !parameter.ParameterType.IsValueType && !parameter.IsOut && new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.NotNull
        select (method, parameter);

    private static string Named(MethodBase method) => $"{method.DeclaringType}: {method}";

    private static object? Sample(Type type) =>
        type == typeof(string) ? "a"
        : type == typeof(ValType) ? ValType.Of(PrimitiveType.U8)
        : type == typeof(ComponentFuncType) ? new ComponentFuncType([], null)
        : type == typeof(CompileOptions) ? CompileOptions.Default
        : type == typeof(HandleRuntime) ? new HandleRuntime(0, [], [], [])
        : type == typeof(CoreFuncType) ? new CoreFuncType([], [])
        : type == typeof(CanonicalOptions) ? new CanonicalOptions(StringEncoding.Utf8)
        : type == typeof(InstanceNode) ? new InstanceNode(new(0))
        : type == typeof(AdapterSide) ? new AdapterSide(new([], null), new InstanceNode(new(0)), new(StringEncoding.Utf8), new CoreFuncType([], []))
        : type == typeof(EquatableArray<ValType>) ? (EquatableArray<ValType>)[ValType.Of(PrimitiveType.U8)]
        : type == typeof(LinkPlan)
        ? ComponentCompiler.Link(Wasmtime.Module.ConvertText("(component)")).Match(Right: plan => plan, Left: _ => throw new InvalidOperationException())
        : type == typeof(IReadOnlyList<EquatableArray<Adapter>>) ? Array.Empty<EquatableArray<Adapter>>()
        : type == typeof(IReadOnlyList<ComponentValue>) ? Array.Empty<ComponentValue>()
        : type == typeof(ComponentValue) ? ComponentValues.U8(1)
        : type == typeof(HostImports) ? HostImports.None
        : type == typeof(ResourceType) ? new ResourceType("r")
        : type == typeof(WasiOptions) ? new WasiOptions()
        : type == typeof(HostFunction) ? (HostFunction)(_ => null)
        : type == typeof(AsyncHostFunction) ? (AsyncHostFunction)((_, _) => default)
        : type.IsValueType && !type.IsByRef ? Activator.CreateInstance(type)
        : null;
}
