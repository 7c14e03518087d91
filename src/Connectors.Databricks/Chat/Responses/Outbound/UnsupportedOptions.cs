using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Models.Corrections;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>
/// The parameters of chat completions that the Responses API does not have (serving reference §6). They are left out, and reported.
/// </summary>
internal static class UnsupportedOptions
{
    /// <summary>The parameter, and whether the response may differ without it.</summary>
    public static IReadOnlyDictionary<string, bool> All { get; } = new Dictionary<string, bool>(StringComparer.Ordinal)
    {
        ["stop"] = true,
        ["n"] = true,
        ["seed"] = false,
        ["top_k"] = false,
        ["frequency_penalty"] = false,
        ["presence_penalty"] = false,
        ["logprobs"] = true,
        ["top_logprobs"] = true,
        ["logit_bias"] = true,
        ["response_format"] = true,
        ["service_tier"] = false,
        ["store"] = false,
    };

    public static void LeaveOut(ChatRequest request, string name) => request.Note(
        name, ParameterCorrection.LeftOut, "the Responses API does not support it", affectsAnswer: All[name]);
}
