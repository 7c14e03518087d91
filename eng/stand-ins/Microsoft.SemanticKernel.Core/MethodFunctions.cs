using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Microsoft.SemanticKernel;

public static class KernelFunctionFactory
{
    public static KernelFunction CreateFromMethod(
        Delegate method,
        string? functionName = null,
        string? description = null,
        IEnumerable<KernelParameterMetadata>? parameters = null,
        KernelReturnParameterMetadata? returnParameter = null,
        ILoggerFactory? loggerFactory = null) =>
        new MethodFunction(method.Method, method.Target, functionName, description);
}

/// <summary>A function made of a method, by way of the factory that Microsoft.Extensions.AI has for that.</summary>
internal sealed class MethodFunction(MethodInfo method, object? target, string? name, string? description)
    : KernelFunction(name ?? method.Name)
{
    // A kernel's arguments are text as often as not.
    private static readonly JsonSerializerOptions Lenient = new(AIJsonUtilities.DefaultOptions)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    private readonly AIFunction _function = AIFunctionFactory.Create(method, target, new AIFunctionFactoryOptions
    {
        Name = name ?? method.Name,
        Description = description,
        SerializerOptions = Lenient,
        JsonSchemaCreateOptions = new AIJsonSchemaCreateOptions { TransformSchemaNode = WithoutTextForms },

        // As it is: a kernel's results are not JSON.
        MarshalResult = (result, _, _) => ValueTask.FromResult(result),
    });

    public override string Description => _function.Description;

    public override JsonElement JsonSchema => _function.JsonSchema;

    public override KernelFunction Clone(string? pluginName = null) => Copy(pluginName ?? PluginName, Kernel);

    internal override KernelFunction WithKernel(Kernel? kernel) => Copy(PluginName, kernel);

    internal override ValueTask<object?> RunAsync(Kernel? kernel, KernelArguments arguments, CancellationToken cancellationToken) =>
        _function.InvokeAsync(new AIFunctionArguments(arguments, StringComparer.OrdinalIgnoreCase), cancellationToken);

    private MethodFunction Copy(string? pluginName, Kernel? kernel) =>
        new(method, target, name, description) { Metadata = new KernelFunctionMetadata(Name) { PluginName = pluginName }, Kernel = kernel };

    private static System.Text.Json.Nodes.JsonNode WithoutTextForms(AIJsonSchemaCreateContext context, System.Text.Json.Nodes.JsonNode schema)
    {
        if (schema is System.Text.Json.Nodes.JsonObject node && node["type"] is System.Text.Json.Nodes.JsonArray { Count: 2 } types &&
            (string?)types[0] == "string")
        {
            node["type"] = (string?)types[1];
            node.Remove("pattern");
        }

        return schema;
    }
}

internal sealed class FunctionPlugin : KernelPlugin
{
    private readonly List<KernelFunction> _functions;

    public FunctionPlugin(string name, IEnumerable<KernelFunction> functions)
        : base(name) => _functions = [.. functions.Select(function => function.Clone(name))];

    public override int FunctionCount => _functions.Count;

    public override bool TryGetFunction(string name, [NotNullWhen(true)] out KernelFunction? function) =>
        (function = _functions.Find(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase))) is not null;

    public override IEnumerator<KernelFunction> GetEnumerator() => _functions.GetEnumerator();
}
