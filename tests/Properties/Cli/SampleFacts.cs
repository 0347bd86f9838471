using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using Wasmtime;
using Wasmtime.Components;
using Xunit;
using static Wasmtime.Components.ComponentValue;

namespace Fact.Properties.Cli;

/// <summary>The samples do what they say, in an engine that nobody here wrote.</summary>
public sealed class SampleFacts
{
    [Fact]
    public void The_numbers_add_up()
    {
        using var sample = new Sample("numbers");
        Assert.Equal(5.0, sample.Call("distance", S16(3), S16(-4))!.AsF64());
    }

    [Theory]
    [InlineData("plain", 5, 5, true)]
    [InlineData("naïve", 6, 5, true)]
    [InlineData("smile 😀", 10, 8, false)]
    [InlineData("", 0, 0, true)]
    public void A_string_is_measured_and_comes_back(string text, uint bytes, uint units, bool latin1)
    {
        using var sample = new Sample("strings");
        var measures = sample.Call("measure", ComponentValue.String(text))!;
        Assert.Equal((bytes, units, latin1), (measures.Field("utf8-bytes").AsU32(), measures.Field("utf16-units").AsU32(), measures.Field("latin1").AsBool()));
        Assert.Equal(text, sample.Call("echo", ComponentValue.String(text))!.AsString());
    }

    [Fact]
    public void Shapes_have_areas_or_problems()
    {
        using var sample = new Sample("shapes");
        var circle = Variant("circle", F32(2));
        Assert.Equal(12.566f, Area(circle, None()), 0.001f);
        Assert.Equal(25f, Area(circle, Some(Flags(["doubled", "rounded"]))));
        Assert.Equal(12f, Area(Variant("rectangle", Point(2, 3)), Some(Flags(["doubled"]))));
        Assert.Equal(6f, Area(Variant("polygon", List([Point(0, 0), Point(4, 0), Point(0, 3)])), None()));
        Assert.Equal(0f, Area(Variant("nothing", null), Some(Flags([]))));
        Assert.Equal("negative-size", sample.Call("area", Variant("circle", F32(-1)), None())!.Payload!.AsEnum());
        Assert.Equal("too-few-corners", sample.Call("area", Variant("polygon", List([Point(0, 0)])), None())!.Payload!.AsEnum());

        float Area(ComponentValue shape, ComponentValue how) => sample.Call("area", shape, how)!.Payload!.AsF32();

        static ComponentValue Point(float x, float y) => ComponentValue.Tuple([F32(x), F32(y)]);
    }

    [Fact]
    public void Books_go_onto_a_shelf_and_the_shelf_is_gone_in_the_end()
    {
        using var sample = new Sample("library");
        var books = List([Book("Emma", "Austen", 1815), Book("源氏物語", "紫式部", 1008), Book("𝔻on Quixote", "Cervantes", 1605)]);
        Assert.Equal("Été 📚: Emma, 源氏物語, 𝔻on Quixote", sample.Call("report", ComponentValue.String("Été 📚"), books)!.AsString());
        Assert.Equal("源氏物語", sample.Call("oldest", books)!.Payload!.Field("title").AsString());
        Assert.False(sample.Call("oldest", List([]))!.IsSome);
        Assert.Equal(0u, sample.Call("open-shelves")!.AsU32());

        static ComponentValue Book(string title, string author, ushort year) => Record(new KeyValuePair<string, ComponentValue>[]
        {
            new("title", ComponentValue.String(title)),
            new("author", ComponentValue.String(author)),
            new("year", U16(year)),
        });
    }

    /// <summary>The package has no way to drive an asynchronous call, so this only says that the engine takes the component.</summary>
    [Fact]
    public void The_asynchronous_sample_can_be_instantiated()
    {
        using var sample = new Sample("async");
        Assert.True(sample.Has("total"));
    }

    private sealed class Sample : IDisposable
    {
        private readonly Engine engine;
        private readonly Wasmtime.Components.Component component;
        private readonly ComponentLinker linker;
        private readonly Store store;
        private readonly ComponentInstance instance;

        public Sample(string name)
        {
            engine = new Engine(AsyncConfig());
            component = Wasmtime.Components.Component.FromTextFile(engine, Repository.Sample(name));
            linker = new ComponentLinker(engine);
            store = new Store(engine);
            instance = linker.Instantiate(store, component);
        }

        public bool Has(string function) => instance.GetFunction(function) is not null;

        public ComponentValue? Call(string function, params ComponentValue[] args) => instance.GetFunction(function)!.Call(args);

        public void Dispose()
        {
            store.Dispose();
            linker.Dispose();
            component.Dispose();
            engine.Dispose();
        }

        /// <summary>The engine knows asynchronous components, but the package has no switch for them.</summary>
        private static Config AsyncConfig()
        {
            var config = new Config();
            var handle = (SafeHandle)typeof(Config).GetProperty("NativeHandle", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(config)!;
            EnableAsync(handle.DangerousGetHandle(), true);
            return config;
        }

        [DllImport("wasmtime", EntryPoint = "wasmtime_config_wasm_component_model_async_set")]
        private static extern void EnableAsync(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);
    }
}
