using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Settings;

/// <summary>
/// Reads the settings of other connectors, OpenAI's above all, and plain ones, by what they are as JSON: that is how Semantic Kernel's
/// connectors read each other's.
/// </summary>
internal static class SettingsFromOthers
{
    private static readonly JsonSerializerOptions Permissive = new()
    {
        AllowTrailingCommas = true,
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new TypeAsSchema() },
    };

    /// <summary>Names of other connectors for what has another one here.</summary>
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["token_selection_biases"] = "logit_bias",
        ["results_per_prompt"] = "n",
        ["max_completion_tokens"] = "max_tokens",
        ["stop"] = "stop_sequences",
    };

    /// <exception cref="NotSupportedException">The settings ask for something that has no counterpart here.</exception>
    public static DatabricksPromptExecutionSettings Read(PromptExecutionSettings settings)
    {
        // By the type at run time: by the declared one only the members of the base class would be written.
        var json = JsonSerializer.SerializeToNode(settings, settings.GetType(), Permissive)!.AsObject();
        RefuseToolCallBehavior(json);
        foreach (var (other, own) in OtherNames)
        {
            Rename(json, other, own);
        }

        // What a behaviour holds beside its JSON, functions that are in no kernel, would be lost on the way.
        json.Remove("function_choice_behavior");
        var own1 = json.Deserialize<DatabricksPromptExecutionSettings>(Permissive)!;
        own1.FunctionChoiceBehavior = settings.FunctionChoiceBehavior;

        // A model id of another provider's is no endpoint. Semantic Kernel chooses services by it, and has done so by now.
        own1.ModelId = null;
        return own1;
    }

    private static void RefuseToolCallBehavior(JsonObject json)
    {
        if (json.Remove("ToolCallBehavior", out var behavior) && behavior is not null)
        {
            throw new NotSupportedException(
                "The execution settings set ToolCallBehavior, which belongs to the OpenAI connector alone. " +
                "Use FunctionChoiceBehavior instead, such as FunctionChoiceBehavior.Auto(); it works with every connector.");
        }
    }

    private static void Rename(JsonObject json, string other, string own)
    {
        if (json.FirstOrDefault(member => string.Equals(member.Key, other, StringComparison.OrdinalIgnoreCase)) is { Key: { } key } &&
            json.Remove(key, out var value) && value is not null && !json.ContainsKey(own))
        {
            json[own] = own == "stop_sequences" && value is JsonValue ? new JsonArray(value) : value;
        }
    }

    /// <summary>OpenAI's settings take a C# type for a response format; as JSON it is its schema.</summary>
    private sealed class TypeAsSchema : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeof(Type).IsAssignableFrom(typeToConvert);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

        [SuppressMessage("Performance", "CA1812", Justification = "Made by reflection, for whichever type of Type it is.")]
        private sealed class Converter<T> : JsonConverter<T>
            where T : Type
        {
            public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                throw new NotSupportedException("A C# type is never read from JSON.");

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
                ResponseFormats.ToJson(value).WriteTo(writer);
        }
    }
}
