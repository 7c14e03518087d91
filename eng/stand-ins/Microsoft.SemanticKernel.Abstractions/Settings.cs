using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel;

public class PromptExecutionSettings
{
    private string? _serviceId;
    private string? _modelId;
    private FunctionChoiceBehavior? _behavior;
    private IDictionary<string, object>? _data;

    public static string DefaultServiceId => "default";

    [JsonPropertyName("service_id")]
    public string? ServiceId { get => _serviceId; set => Set(ref _serviceId, value); }

    [JsonPropertyName("model_id")]
    public string? ModelId { get => _modelId; set => Set(ref _modelId, value); }

    [JsonPropertyName("function_choice_behavior")]
    public FunctionChoiceBehavior? FunctionChoiceBehavior { get => _behavior; set => Set(ref _behavior, value); }

    [JsonExtensionData]
    public IDictionary<string, object>? ExtensionData { get => _data; set => Set(ref _data, value); }

    [JsonIgnore]
    public bool IsFrozen { get; private set; }

    public virtual void Freeze()
    {
        if (!IsFrozen)
        {
            IsFrozen = true;
            _data = _data is null ? null : new ReadOnlyDictionary<string, object>(_data);
        }
    }

    public virtual PromptExecutionSettings Clone() => new()
    {
        ServiceId = ServiceId,
        ModelId = ModelId,
        FunctionChoiceBehavior = FunctionChoiceBehavior,
        ExtensionData = ExtensionData is null ? null : new Dictionary<string, object>(ExtensionData),
    };

    protected void ThrowIfFrozen()
    {
        if (IsFrozen)
        {
            throw new InvalidOperationException("PromptExecutionSettings are frozen and cannot be modified.");
        }
    }

    protected virtual void PrepareChatOptionsForRequest(ChatOptions options)
    {
    }

    internal void Prepare(ChatOptions options) => PrepareChatOptionsForRequest(options);

    private void Set<T>(ref T field, T value)
    {
        ThrowIfFrozen();
        field = value;
    }
}

public static class PromptExecutionSettingsExtensions
{
    [return: NotNullIfNotNull(nameof(settings))]
    public static ChatOptions? ToChatOptions(this PromptExecutionSettings? settings, Kernel? kernel)
    {
        if (settings is null)
        {
            return null;
        }

        // What a derived type says in properties is found by way of JSON.
        var plain = settings.GetType() == typeof(PromptExecutionSettings)
            ? settings
            : JsonSerializer.SerializeToElement(settings, settings.GetType()).Deserialize<PromptExecutionSettings>()!;
        var options = new ChatOptions { ModelId = plain.ModelId };
        foreach (var (name, value) in plain.ExtensionData ?? new Dictionary<string, object>())
        {
            Apply(options, name, value);
        }

        ApplyFunctions(options, settings.FunctionChoiceBehavior, kernel);
        settings.Prepare(options);
        return kernel is null ? options : new KernelChatOptions(options, kernel, settings);
    }

    private static void Apply(ChatOptions options, string name, object value)
    {
        switch (name.ToUpperInvariant())
        {
            case "TEMPERATURE": options.Temperature = Number<float>(value); break;
            case "TOP_P": options.TopP = Number<float>(value); break;
            case "TOP_K": options.TopK = Number<int>(value); break;
            case "SEED": options.Seed = Number<long>(value); break;
            case "MAX_TOKENS": options.MaxOutputTokens = Number<int>(value); break;
            case "FREQUENCY_PENALTY": options.FrequencyPenalty = Number<float>(value); break;
            case "PRESENCE_PENALTY": options.PresencePenalty = Number<float>(value); break;
            case "STOP_SEQUENCES": options.StopSequences = value as IList<string> ?? ((JsonElement)value).Deserialize<List<string>>(); break;
            default: (options.AdditionalProperties ??= [])[name] = Plain(value); break;
        }
    }

    private static T Number<T>(object value) =>
        (T)Convert.ChangeType(value is JsonElement element ? element.ToString() : value, typeof(T), CultureInfo.InvariantCulture);

    private static object? Plain(object value) => value is not JsonElement element ? value : element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        _ => element,
    };

    private static void ApplyFunctions(ChatOptions options, FunctionChoiceBehavior? behavior, Kernel? kernel)
    {
        if (behavior?.GetConfiguration(new([]) { Kernel = kernel }) is { Functions: { Count: > 0 } functions } configuration)
        {
            options.Tools = [.. functions.Select(function => function.WithKernel(kernel))];
            options.ToolMode =
                configuration.Choice == FunctionChoice.Auto ? ChatToolMode.Auto :
                configuration.Choice == FunctionChoice.None ? ChatToolMode.None : ChatToolMode.RequireAny;
            options.AllowMultipleToolCalls = configuration.Options.AllowParallelCalls;
        }
    }
}

internal sealed class KernelChatOptions(ChatOptions options, Kernel kernel, PromptExecutionSettings? settings) : ChatOptions(options)
{
    public Kernel Kernel => kernel;

    public PromptExecutionSettings? Settings => settings;

    public ChatMessageContent? ChatMessage { get; set; }

    public override ChatOptions Clone() => new KernelChatOptions(this, Kernel, Settings);
}
