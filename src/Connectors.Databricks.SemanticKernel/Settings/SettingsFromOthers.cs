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
        Converters = { new SettingValueConverter() },
    };

    /// <summary>Names of Semantic Kernel's other connectors for what has another one here.</summary>
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["token_selection_biases"] = "logit_bias",
        ["results_per_prompt"] = "n",
        ["candidate_count"] = "n",
        ["num_return_sequences"] = "n",
        ["max_completion_tokens"] = "max_tokens",
        ["max_new_tokens"] = "max_tokens",
        ["max_tokens_to_sample"] = "max_tokens",
        ["max_gen_len"] = "max_tokens",
        ["maxTokens"] = "max_tokens",
        ["num_predict"] = "max_tokens",
        ["stop"] = "stop_sequences",
        ["stopSequences"] = "stop_sequences",
        ["topP"] = "top_p",
        ["topK"] = "top_k",
        ["random_seed"] = "seed",
    };

    /// <param name="settings">The settings.</param>
    /// <param name="hasKernel">Whether there is a kernel, now or later.</param>
    /// <exception cref="NotSupportedException">A setting has no equivalent here.</exception>
    public static DatabricksPromptExecutionSettings Read(PromptExecutionSettings settings, bool hasKernel)
    {
        RefuseAzureSearch(settings);

        // By the type at run time: by the declared one only the members of the base class would be written.
        var json = JsonSerializer.SerializeToNode(settings, settings.GetType(), Permissive)!.AsObject();
        var behavior = Behavior(settings, json, hasKernel);
        foreach (var (other, own) in OtherNames)
        {
            Rename(json, other, own);
        }

        var read = json.Deserialize<DatabricksPromptExecutionSettings>(Permissive)!;
        read.FunctionChoiceBehavior = behavior;

        // A model id of another provider's is no endpoint. Semantic Kernel chooses services by it, and has done so by now.
        read.ModelId = null;
        return read;
    }

    // The JSON of a behavior omits functions that are in no kernel, which would be lost.
    private static FunctionChoiceBehavior? Behavior(PromptExecutionSettings settings, JsonObject json, bool hasKernel)
    {
        json.Remove("function_choice_behavior");
        if (!json.Remove(ToolCallBehaviors.Property, out var older) || older is null)
        {
            return settings.FunctionChoiceBehavior;
        }

        return settings.FunctionChoiceBehavior is null
            ? ToolCallBehaviors.Read(older.ToString(), hasKernel)
            : throw new ArgumentException(
                $"The execution settings set both {ToolCallBehaviors.Property} and FunctionChoiceBehavior. Remove the first.",
                nameof(settings));
    }

    // Azure's search is no part of the JSON, so dropping it would be silent: the response would come from the model alone.
    private static void RefuseAzureSearch(PromptExecutionSettings settings)
    {
        if (settings.GetType().GetProperty("AzureChatDataSource")?.GetValue(settings) is not null)
        {
            throw new NotSupportedException(
                "The execution settings set AzureChatDataSource, which only Azure OpenAI has. " +
                "Search in the app, such as by a function of the kernel, and add the results to the messages.");
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
}
