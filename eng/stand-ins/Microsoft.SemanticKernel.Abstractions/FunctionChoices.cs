using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

public readonly struct FunctionChoice(string label) : IEquatable<FunctionChoice>
{
    public static FunctionChoice Auto { get; } = new("auto");

    public static FunctionChoice Required { get; } = new("required");

    public static FunctionChoice None { get; } = new("none");

    public string Label { get; } = label;

    public static bool operator ==(FunctionChoice left, FunctionChoice right) => left.Equals(right);

    public static bool operator !=(FunctionChoice left, FunctionChoice right) => !left.Equals(right);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is FunctionChoice other && Equals(other);

    public bool Equals(FunctionChoice other) => string.Equals(Label, other.Label, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Label);

    public override string ToString() => Label;
}

public sealed class FunctionChoiceBehaviorOptions
{
    [JsonPropertyName("allow_parallel_calls")]
    public bool? AllowParallelCalls { get; set; }

    [JsonPropertyName("allow_concurrent_invocation")]
    public bool AllowConcurrentInvocation { get; set; }

    [JsonPropertyName("allow_strict_schema_adherence")]
    public bool AllowStrictSchemaAdherence { get; set; }

    [JsonIgnore]
    [Experimental("SKEXP0001")]
    public bool RetainArgumentTypes { get; set; }
}

public sealed class FunctionChoiceBehaviorConfigurationContext
{
    public FunctionChoiceBehaviorConfigurationContext(ChatHistory chatHistory) => _ = chatHistory;

    public Kernel? Kernel { get; init; }

    public int RequestSequenceIndex { get; init; }
}

public sealed class FunctionChoiceBehaviorConfiguration
{
    internal FunctionChoiceBehaviorConfiguration(FunctionChoiceBehaviorOptions options) => Options = options;

    public FunctionChoice Choice { get; internal init; }

    public IReadOnlyList<KernelFunction>? Functions { get; internal init; }

    public bool AutoInvoke { get; set; }

    public FunctionChoiceBehaviorOptions Options { get; }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AutoFunctionChoiceBehavior), "auto")]
[JsonDerivedType(typeof(RequiredFunctionChoiceBehavior), "required")]
[JsonDerivedType(typeof(NoneFunctionChoiceBehavior), "none")]
public abstract class FunctionChoiceBehavior
{
    private readonly IEnumerable<KernelFunction>? _given;

    internal FunctionChoiceBehavior(IEnumerable<KernelFunction>? functions, bool runs, FunctionChoiceBehaviorOptions? options)
    {
        _given = functions;
        Runs = runs;
        Wishes = options;
        Names = functions?.Select(function => $"{function.PluginName}.{function.Name}".TrimStart('.')).ToList();
    }

    internal IList<string>? Names { get; set; }

    internal FunctionChoiceBehaviorOptions? Wishes { get; set; }

    internal bool Runs { get; }

    public static FunctionChoiceBehavior Auto(
        IEnumerable<KernelFunction>? functions = null, bool autoInvoke = true, FunctionChoiceBehaviorOptions? options = null) =>
        new AutoFunctionChoiceBehavior(functions, autoInvoke, options);

    public static FunctionChoiceBehavior Required(
        IEnumerable<KernelFunction>? functions = null, bool autoInvoke = true, FunctionChoiceBehaviorOptions? options = null) =>
        new RequiredFunctionChoiceBehavior(functions, autoInvoke, options);

    public static FunctionChoiceBehavior None(
        IEnumerable<KernelFunction>? functions = null, FunctionChoiceBehaviorOptions? options = null) =>
        new NoneFunctionChoiceBehavior(functions, options);

    public abstract FunctionChoiceBehaviorConfiguration GetConfiguration(FunctionChoiceBehaviorConfigurationContext context);

    internal FunctionChoiceBehaviorConfiguration Configuration(FunctionChoice choice, Kernel? kernel, bool offersFunctions = true) =>
        new(Wishes ?? new()) { Choice = choice, AutoInvoke = Runs, Functions = offersFunctions ? Offered(kernel) : null };

    private List<KernelFunction>? Offered(Kernel? kernel) =>
        Runs && kernel is null ? throw new KernelException("Auto-invocation is not supported when no kernel is provided.") :
        Names is null ? kernel?.Plugins.SelectMany(plugin => plugin).ToList() :
        [.. Names.Select(name => Find(name, kernel))];

    private KernelFunction Find(string name, Kernel? kernel)
    {
        var parts = name.Split('.', 2);
        var pluginName = parts.Length > 1 ? parts[0] : null;
        return
            kernel?.Plugins.TryGetFunction(pluginName, parts[^1], out var function) is true ? function :
            !Runs && _given?.FirstOrDefault(one => one.Name == parts[^1] && one.PluginName == pluginName) is { } own ? own :
            throw new KernelException($"The specified function {name} is not available in the kernel.");
    }
}

public sealed class AutoFunctionChoiceBehavior : FunctionChoiceBehavior
{
    [JsonConstructor]
    internal AutoFunctionChoiceBehavior()
        : base(null, true, null)
    {
    }

    internal AutoFunctionChoiceBehavior(IEnumerable<KernelFunction>? functions, bool runs, FunctionChoiceBehaviorOptions? options)
        : base(functions, runs, options)
    {
    }

    [JsonPropertyName("functions")]
    public IList<string>? Functions { get => Names; set => Names = value; }

    [JsonPropertyName("options")]
    public FunctionChoiceBehaviorOptions? Options { get => Wishes; set => Wishes = value; }

    public override FunctionChoiceBehaviorConfiguration GetConfiguration(FunctionChoiceBehaviorConfigurationContext context) =>
        Configuration(FunctionChoice.Auto, context.Kernel);
}

public sealed class RequiredFunctionChoiceBehavior : FunctionChoiceBehavior
{
    [JsonConstructor]
    internal RequiredFunctionChoiceBehavior()
        : base(null, true, null)
    {
    }

    internal RequiredFunctionChoiceBehavior(IEnumerable<KernelFunction>? functions, bool runs, FunctionChoiceBehaviorOptions? options)
        : base(functions, runs, options)
    {
    }

    [JsonPropertyName("functions")]
    public IList<string>? Functions { get => Names; set => Names = value; }

    [JsonPropertyName("options")]
    public FunctionChoiceBehaviorOptions? Options { get => Wishes; set => Wishes = value; }

    // Offered again it would be called again, without end.
    public override FunctionChoiceBehaviorConfiguration GetConfiguration(FunctionChoiceBehaviorConfigurationContext context) =>
        Configuration(FunctionChoice.Required, context.Kernel, offersFunctions: context.RequestSequenceIndex == 0);
}

public sealed class NoneFunctionChoiceBehavior : FunctionChoiceBehavior
{
    [JsonConstructor]
    internal NoneFunctionChoiceBehavior()
        : base(null, false, null)
    {
    }

    internal NoneFunctionChoiceBehavior(IEnumerable<KernelFunction>? functions, FunctionChoiceBehaviorOptions? options)
        : base(functions, false, options)
    {
    }

    [JsonPropertyName("functions")]
    public IList<string>? Functions { get => Names; set => Names = value; }

    [JsonPropertyName("options")]
    public FunctionChoiceBehaviorOptions? Options { get => Wishes; set => Wishes = value; }

    public override FunctionChoiceBehaviorConfiguration GetConfiguration(FunctionChoiceBehaviorConfigurationContext context) =>
        Configuration(FunctionChoice.None, context.Kernel);
}
