using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Refusals;

namespace Connectors.Databricks.Emulator.Responses;

/// <summary>The input items of a request (§6): their types, ids, and what an earlier response issued.</summary>
internal sealed class ResponsesItemRules(RuleContext context, ResponsesRequest request, ResponsesFlavor flavor)
{
    /// <summary>OpenAI's limit of an id [issue unity-gateway#99].</summary>
    private const int LongestId = 64;

    private static readonly string[] Types = ["message", "function_call", "function_call_output", "reasoning"];
    private static readonly string[] NativeTypes = [.. Types, "custom_tool_call", "custom_tool_call_output", "mcp_approval_response"];
    private static readonly string[] Parts = ["input_text", "input_image", "output_text", "refusal", "reasoning_text", "text"];
    private static readonly string[] NativeParts = [.. Parts, "input_file"];
    private static readonly string[] Roles = ["user", "assistant", "system", "developer"];

    public IEnumerable<string> Violations() => request.Items.Index().SelectMany(item => Item(item.Item, $"input[{item.Index}]"));

    private IEnumerable<string> Item(JsonObject item, string place)
    {
        var type = ResponsesRequest.TypeOf(item);
        var types = flavor == ResponsesFlavor.Native ? NativeTypes : Types;
        if (!types.Contains(type))
        {
            yield return $"Invalid value: '{type}'. Supported values are: {string.Join(", ", types.Select(one => $"'{one}'"))}.";
        }

        if (type == "message" && !Roles.Contains(item.Text("role")))
        {
            yield return $"Invalid value for '{place}.role': '{item.Text("role")}'.";
        }

        foreach (var broken in Content(item, place).Concat(Ids(item, place)).Concat(Replayed(item, type, place)))
        {
            yield return broken;
        }
    }

    private IEnumerable<string> Content(JsonObject item, string place)
    {
        foreach ((var index, var part) in item.Objects("content").Index())
        {
            var type = part.Text("type") ?? "";
            if (!(flavor == ResponsesFlavor.Native ? NativeParts : Parts).Contains(type))
            {
                // A call inside the content of a message failed so (unnamed public capture).
                yield return $"INVALID_PARAMETER_VALUE: cannot parse '{place}.content[{index}]' of type '{type}'.";
            }

            if (part.IsGiven("file_id"))
            {
                yield return $"Unsupported parameter: '{place}.content[{index}].file_id' is not supported.";
            }
        }
    }

    /// <summary>OpenAI's own host refuses long ids and output-only members; the unified route takes items unchanged [bridge].</summary>
    private IEnumerable<string> Ids(JsonObject item, string place)
    {
        if (flavor != ResponsesFlavor.Native)
        {
            yield break;
        }

        if (item.Text("id") is { Length: > LongestId } id)
        {
            yield return ErrorMessages.OpenAI(
                $"Invalid '{place}.id': string too long. Expected a string with maximum length {LongestId}, but got a string with length "
                + $"{id.Length} instead.",
                $"{place}.id",
                "string_above_max_length");
        }

        if (item.ContainsKey("status") && ResponsesRequest.TypeOf(item) == "reasoning")
        {
            yield return context.Messages.UnknownField($"{place}.status");
        }
    }

    /// <summary>
    /// What a model encrypted must come back as it was, to the same model; on the unified route, so must every item. Unconfirmed: the
    /// texts, and that the service checks the latter.
    /// </summary>
    private IEnumerable<string> Replayed(JsonObject item, string type, string place)
    {
        if (context.Options.Quirks.ResponsesRequireUnchangedItems && flavor == ResponsesFlavor.Unified
            && context.Endpoint.Issued.IsChangedItem(item))
        {
            yield return $"Item '{place}' was changed: output items must be sent back unchanged.";
        }

        if (type == "reasoning" && context.Options.Quirks.ResponsesVerifyReasoning
            && item.Text("encrypted_content") is string encrypted && !context.Endpoint.Issued.KnowsEncrypted(encrypted))
        {
            yield return context.Is(EmulatedDialect.Claude)
                ? ErrorMessages.Claude($"{place}: Invalid `signature` in `thinking` block")
                : $"The encrypted content of '{place}' could not be verified.";
        }
    }
}
