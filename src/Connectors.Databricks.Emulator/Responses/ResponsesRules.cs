using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;
using Connectors.Databricks.Emulator.Refusals;

namespace Connectors.Databricks.Emulator.Responses;

/// <summary>
/// The validation of Responses requests (§6). Unconfirmed: every text but those of unknown fields, long ids and unsupported sampling
/// fields; that state is refused on the gateway as it is on <c>/serving-endpoints</c>.
/// </summary>
internal sealed class ResponsesRules(RuleContext context, ResponsesRequest request, ResponsesFlavor flavor)
{
    private static readonly string[] Accepted =
    [
        "model", "input", "instructions", "max_output_tokens", "temperature", "top_p", "tools", "tool_choice", "parallel_tool_calls",
        "reasoning", "text", "stream", "stream_options", "include", "truncation", "metadata", "user", "safety_identifier", "usage_context",
        "client_request_id",
    ];

    // Refused by name in the documentation [okf:foundation-model-rest-api-reference] [docs:foundation-model-apis/api-reference].
    private static readonly string[] Stateful = ["background", "store", "conversation", "service_tier", "previous_response_id"];

    private static readonly string[] HostedTools =
        ["custom", "mcp", "image_generation", "shell", "apply_patch", "web_search"];

    public string? FirstViolation() => TopLevel()
        .Concat(Sampling())
        .Concat(Tools())
        .Concat(Format())
        .Concat(new ResponsesItemRules(context, request, flavor).Violations())
        .FirstOrDefault() ?? Chat();

    private IEnumerable<string> TopLevel()
    {
        foreach (var (name, value) in request.Body)
        {
            if (Stateful.Contains(name) && value is not null && value.GetValueKind() != System.Text.Json.JsonValueKind.False)
            {
                yield return $"Unsupported parameter: '{name}' is not supported.";
            }
            else if (value is not null && !Stateful.Contains(name) && !Accepted.Contains(name))
            {
                yield return flavor == ResponsesFlavor.Native
                    ? context.Messages.UnknownField(name)
                    : $"Bad request: json: unknown field \"{name}\"";
            }
        }

        if (request.Items.Count == 0)
        {
            yield return "Missing required parameter: 'input'.";
        }
    }

    /// <summary>The temperature runs from 0 to 2 on the unified route, for Claude too, where it is halved.</summary>
    private IEnumerable<string> Sampling()
    {
        var facts = context.Facts;
        foreach (var name in facts.Refuses.Where(name => name is "temperature" or "top_p" && request.Body.IsGiven(name)))
        {
            if (name != "temperature" || facts.Dialect != EmulatedDialect.OpenAI || request.Body.Number(name) != 1)
            {
                yield return $"Model {facts.Upstream} does not support the {name} parameter.";
            }
        }

        if (request.Body.Number("temperature") is < 0 or > 2)
        {
            yield return context.Messages.Invalid("temperature", "must be between 0 and 2");
        }

        if (request.Body.Object("reasoning")?.Text("effort") is string effort)
        {
            if (facts.Thinking == ThinkingStyle.None)
            {
                yield return $"Model {facts.Upstream} does not support the reasoning parameter.";
            }
            else if (facts.Efforts.Length > 0 && !facts.Efforts.Contains(effort))
            {
                yield return context.Messages.OutsideOf("reasoning.effort", effort, facts.Efforts);
            }
        }
    }

    private IEnumerable<string> Tools()
    {
        foreach ((var index, var tool) in request.Body.Objects("tools").Index())
        {
            var type = tool.Text("type") ?? "";
            var isHosted = flavor == ResponsesFlavor.Native && HostedTools.Contains(type);
            if (type != "function" && !isHosted)
            {
                yield return $"Invalid value for 'tools[{index}].type': only 'function' is supported, got '{type}'";
            }
            else if (type == "function" && (tool.IsGiven("function") || tool.Text("name") is null))
            {
                yield return $"Missing required parameter: 'tools[{index}].name'.";
            }
        }
    }

    /// <summary>
    /// OpenAI's own host takes a schema flat alone (SwiftOpenAI issue 151). That the path passes on what Databricks documents, with the
    /// schema in <c>json_schema</c>, is unconfirmed.
    /// </summary>
    private IEnumerable<string> Format()
    {
        if (flavor == ResponsesFlavor.Native && context.Options.Quirks.EnforcesHostRules
            && request.Body.Object("text")?.Object("format") is JsonObject format
            && format.Object("json_schema") is not null && format.Text("name") is null)
        {
            yield return ErrorMessages.MissingParameter("text.format.name");
        }
    }

    /// <summary>The rules of the model over the translated request.</summary>
    private string? Chat()
    {
        var chat = new JsonObject(request.Chat.Body
            .Where(member => member.Key is "messages" or "tools" or "tool_choice" or "response_format" or "max_tokens")
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        return ChatRules.FirstViolation(context with { Request = new Conversation.ChatRequest(chat), IsTranslated = true });
    }
}
