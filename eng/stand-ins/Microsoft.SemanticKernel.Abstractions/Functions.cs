using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel;

[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelFunctionAttribute : Attribute
{
    public KernelFunctionAttribute()
    {
    }

    public KernelFunctionAttribute(string? name) => Name = name;

    public string? Name { get; }
}

public sealed class KernelArguments : AIFunctionArguments
{
    [JsonConstructor]
    public KernelArguments()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    public KernelArguments(PromptExecutionSettings? executionSettings)
        : this()
    {
        if (executionSettings is not null)
        {
            ExecutionSettings = new Dictionary<string, PromptExecutionSettings>
            {
                [executionSettings.ServiceId ?? PromptExecutionSettings.DefaultServiceId] = executionSettings,
            };
        }
    }

    public KernelArguments(IDictionary<string, object?> source, Dictionary<string, PromptExecutionSettings>? executionSettings = null)
        : base(source, StringComparer.OrdinalIgnoreCase) =>
        ExecutionSettings = executionSettings ?? (source as KernelArguments)?.ExecutionSettings;

    public IReadOnlyDictionary<string, PromptExecutionSettings>? ExecutionSettings { get; set; }
}

public sealed class FunctionResult
{
    private readonly object? _value;

    public FunctionResult(
        KernelFunction function, object? value = null, CultureInfo? culture = null, IReadOnlyDictionary<string, object?>? metadata = null)
    {
        _ = (function, culture, metadata);
        _value = value;
    }

    public T? GetValue<T>() => _value switch
    {
        null => default,
        T typed => typed,
        KernelContent content when typeof(T) == typeof(string) => (T)(object)content.ToString()!,
        _ => throw new InvalidCastException($"Cannot cast {_value.GetType()} to {typeof(T)}"),
    };
}

public sealed class KernelFunctionMetadata(string name)
{
    public string Name { get; } = name;

    public string? PluginName { get; set; }
}

public abstract class FullyQualifiedAIFunction : AIFunction
{
    internal FullyQualifiedAIFunction(KernelFunctionMetadata metadata) => Metadata = metadata;

    public KernelFunctionMetadata Metadata { get; init; }

    public override string Name => Metadata.PluginName is null ? Metadata.Name : $"{Metadata.PluginName}_{Metadata.Name}";
}

public abstract class KernelFunction : FullyQualifiedAIFunction
{
    internal KernelFunction(string name)
        : base(new KernelFunctionMetadata(name))
    {
    }

    // A model is told the name with the plugin in front; a kernel knows the two apart.
    public new virtual string Name => Metadata.Name;

    public virtual string? PluginName => Metadata.PluginName;

    internal Kernel? Kernel { get; init; }

    public async Task<FunctionResult> InvokeAsync(
        Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default) =>
        new(this, await RunAsync(kernel, arguments ?? [], cancellationToken).ConfigureAwait(false), kernel.Culture);

    public abstract KernelFunction Clone(string? pluginName = null);

    internal abstract KernelFunction WithKernel(Kernel? kernel);

    internal abstract ValueTask<object?> RunAsync(Kernel? kernel, KernelArguments arguments, CancellationToken cancellationToken);

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        RunAsync(Kernel, new KernelArguments(arguments), cancellationToken);
}

public abstract class KernelPlugin : IEnumerable<KernelFunction>
{
    protected KernelPlugin(string name, string? description = null) => (Name, Description) = (name, description ?? string.Empty);

    public string Name { get; }

    public string Description { get; }

    public KernelFunction this[string functionName] =>
        TryGetFunction(functionName, out var function) ? function : throw new KeyNotFoundException($"There is no function '{functionName}'.");

    public abstract int FunctionCount { get; }

    public abstract bool TryGetFunction(string name, [NotNullWhen(true)] out KernelFunction? function);

    public abstract IEnumerator<KernelFunction> GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public interface IReadOnlyKernelPluginCollection : IReadOnlyCollection<KernelPlugin>;

public sealed class KernelPluginCollection : ICollection<KernelPlugin>, IReadOnlyKernelPluginCollection
{
    // In the order in which they were added: so the model is told of them.
    private readonly Dictionary<string, KernelPlugin> _plugins = new(StringComparer.OrdinalIgnoreCase);

    public KernelPluginCollection(IEnumerable<KernelPlugin> plugins)
    {
        foreach (var plugin in plugins)
        {
            Add(plugin);
        }
    }

    public int Count => _plugins.Count;

    bool ICollection<KernelPlugin>.IsReadOnly => false;

    public void Add(KernelPlugin plugin) => _plugins.Add(plugin.Name, plugin);

    public void Clear() => _plugins.Clear();

    public bool Contains(KernelPlugin plugin) => _plugins.ContainsValue(plugin);

    void ICollection<KernelPlugin>.CopyTo(KernelPlugin[] array, int arrayIndex) => _plugins.Values.CopyTo(array, arrayIndex);

    public bool Remove(KernelPlugin plugin) => _plugins.Remove(plugin.Name);

    public IEnumerator<KernelPlugin> GetEnumerator() => _plugins.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public static class KernelPluginExtensions
{
    public static KernelFunction GetFunction(this IReadOnlyKernelPluginCollection plugins, string? pluginName, string functionName) =>
        plugins.TryGetFunction(pluginName, functionName, out var function)
            ? function
            : throw new KeyNotFoundException($"There is no function '{functionName}' in the plugin '{pluginName}'.");

    public static bool TryGetFunction(
        this IReadOnlyKernelPluginCollection plugins, string? pluginName, string functionName, [NotNullWhen(true)] out KernelFunction? func)
    {
        func = null;
        foreach (var plugin in plugins)
        {
            if ((string.IsNullOrWhiteSpace(pluginName) || string.Equals(plugin.Name, pluginName, StringComparison.OrdinalIgnoreCase)) &&
                plugin.TryGetFunction(functionName, out func))
            {
                return true;
            }
        }

        return false;
    }
}

// What signatures name, and nothing here uses.
public sealed class KernelParameterMetadata
{
    private KernelParameterMetadata()
    {
    }
}

public sealed class KernelReturnParameterMetadata
{
    private KernelReturnParameterMetadata()
    {
    }
}

public sealed class PromptTemplateConfig
{
    private PromptTemplateConfig()
    {
    }
}

public interface IPromptTemplateFactory;
