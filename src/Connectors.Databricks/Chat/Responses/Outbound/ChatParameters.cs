using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>
/// Parameters of chat completions that the caller set in JSON, and that the Responses API has under another name: an output limit, and the
/// three forms of an effort (serving reference §3.7).
/// </summary>
internal static class ChatParameters
{
    private static readonly string[] Limits = ["max_tokens", "max_completion_tokens"];
    private static readonly string[] Efforts = ["reasoning_effort", "output_config", "thinking"];

    /// <summary>Removes what the Responses API has not, or has under another name, from the JSON of the caller.</summary>
    public static void LeaveOut(RequestDocument body, ChatRequest request)
    {
        if (request.Base is null && request.Options?.AdditionalProperties is not { Count: > 0 })
        {
            return;
        }

        foreach (var name in Limits)
        {
            body.Reserve(name);
        }

        // What has no translation is sent unchanged, and the service names it.
        foreach (var name in Efforts.Where(name => IsTranslated(request, name, body.SerializerOptions)))
        {
            body.Reserve(name);
        }

        foreach (var name in UnsupportedOptions.All.Keys)
        {
            if (request.SetsInJson(name))
            {
                UnsupportedOptions.LeaveOut(request, name);
            }

            body.Reserve(name);
        }
    }

    private static bool IsTranslated(ChatRequest request, string name, JsonSerializerOptions serializerOptions) => name switch
    {
        "reasoning_effort" => request.JsonOf(name) is { } effort &&
            JsonValueToWire.ToElement(effort, serializerOptions) is { ValueKind: JsonValueKind.String },
        "output_config" => Member(request, name, "effort", serializerOptions) is { ValueKind: JsonValueKind.String },
        _ => Member(request, name, "budget_tokens", serializerOptions) is { ValueKind: JsonValueKind.Number } ||
            (Member(request, name, "type", serializerOptions) is { ValueKind: JsonValueKind.String } type &&
                type.ValueEquals("disabled"u8)),
    };

    /// <summary>Whether the base document sets the output limit, which takes precedence over the option.</summary>
    public static bool SetsLimitInBase(ChatRequest request) => Limits.Any(name => request.Base?.ContainsKey(name) is true);

    /// <summary>Whether the base document sets the effort, which takes precedence over the option.</summary>
    public static bool SetsEffortInBase(ChatRequest request) => Efforts.Any(name => request.Base?.ContainsKey(name) is true);

    /// <summary>The output limit, or null.</summary>
    public static object? OutputLimit(ChatRequest request) => request.JsonOf(Limits[0]) ?? request.JsonOf(Limits[1]);

    /// <summary>The effort, or null: a thinking budget becomes the highest effort that stays within it.</summary>
    public static string? Effort(ChatRequest request, JsonSerializerOptions serializerOptions)
    {
        if (request.JsonOf("reasoning_effort") is { } effort)
        {
            return JsonValueToWire.ToElement(effort, serializerOptions) is { ValueKind: JsonValueKind.String } text
                ? text.GetString()
                : null;
        }

        if (Member(request, "output_config", "effort", serializerOptions) is { ValueKind: JsonValueKind.String } word)
        {
            return word.GetString();
        }

        if (Member(request, "thinking", "budget_tokens", serializerOptions) is not { ValueKind: JsonValueKind.Number } budget ||
            !budget.TryGetInt64(out var tokens))
        {
            return null;
        }

        var nearest = tokens switch { < 4096 => "low", < 16384 => "medium", < 32768 => "high", _ => "xhigh" };
        request.Note(
            "thinking", $"a budget of {tokens} tokens became the effort {nearest}", "the Responses API has no thinking budget",
            affectsAnswer: true);
        return nearest;
    }

    private static JsonElement? Member(ChatRequest request, string name, string member, JsonSerializerOptions serializerOptions) =>
        request.JsonOf(name) is { } value &&
        JsonValueToWire.ToElement(value, serializerOptions) is { ValueKind: JsonValueKind.Object } json &&
        json.TryGetProperty(member, out var found)
            ? found
            : null;
}
