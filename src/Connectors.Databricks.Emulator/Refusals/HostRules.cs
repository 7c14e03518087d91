using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>
/// What the hosts of Claude, Gemini and GPT reject on their own APIs: names of tools, ids and order of turns (§3.3, §3.7, §3.10).
/// </summary>
/// <remarks>Unconfirmed: that Databricks passes these on, see the option; the texts are those of the hosts.</remarks>
internal static partial class HostRules
{
    private const int LongestName = 64;
    private const int LongestOpenAIId = 40;

    public static IEnumerable<string> Violations(RuleContext context) =>
        !context.Options.Quirks.EnforcesHostRules ? [] : context.Facts.Dialect switch
        {
            EmulatedDialect.Claude => Claude(context).Concat(HostSchemaRules.Anthropic(context.Request.Tools)).Select(ErrorMessages.Claude),
            EmulatedDialect.Gemini => Gemini(context),
            EmulatedDialect.OpenAI => OpenAI(context).Concat(HostSchemaRules.OpenAI(context.Request.Tools))
                .Select(violation => ErrorMessages.OpenAI(violation.Text, violation.Param, violation.Code)),
            _ => [],
        };

    private static IEnumerable<string> Claude(RuleContext context)
    {
        foreach ((var index, var tool) in context.Request.Tools.Index())
        {
            if (tool.Name.Length > LongestName)
            {
                // [issue anthropics/claude-code#5132], on Amazon Bedrock; Anthropic's own host accepts 128.
                yield return $"tools.{index}.custom.name: String should have at most {LongestName} characters";
            }
            else if (!Word().IsMatch(tool.Name))
            {
                // [issue netclaw#1133]
                yield return $"tools.{index}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{{1,128}}$'";
            }
        }

        if (context.Request.Tools.Select(tool => tool.Name).Distinct(StringComparer.Ordinal).Count() < context.Request.Tools.Count)
        {
            // [issue LibreChat#13162]
            yield return "tools: Tool names must be unique.";
        }

        if (context.Facts.Thinking == ThinkingStyle.Budget && context.Request.Thinks && context.Request.ToolChoice == "required")
        {
            // [issue vercel/ai#11227]; from Opus 4.8 on it is accepted [issue langchain-aws#1141].
            yield return "Thinking may not be enabled when tool_choice forces tool use.";
        }

        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach ((var index, var call) in context.Request.Turns.Index()
            .SelectMany(turn => turn.Item.Calls.Select(call => (turn.Index, call))))
        {
            // [issue opencode#1279]. Unconfirmed: the words of both.
            if (!Word().IsMatch(call.Id))
            {
                yield return $"messages.{index}.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'";
            }

            if (!ids.Add(call.Id))
            {
                yield return $"messages.{index}.content.0: `tool_use` ids must be unique";
            }
        }

        foreach (var broken in ClaudeTurns(context))
        {
            yield return broken;
        }
    }

    private static IEnumerable<string> ClaudeTurns(RuleContext context)
    {
        if (context.IsTranslated)
        {
            yield break;
        }

        if (!UserBegins(context))
        {
            // [issue anthropic-sdk-typescript#622], of Amazon Bedrock.
            yield return "A conversation must start with a user message. Try again with a conversation that starts with a user message.";
        }

        var turns = context.Request.Turns;
        if (context.Facts.Thinking == ThinkingStyle.Adaptive && turns is [.., { Role: "assistant" }])
        {
            // [issue copilot-api#261]
            yield return "This model does not support assistant message prefill. The conversation must end with a user message.";
        }

        // The last turn of the assistant is open as long as no user message follows it.
        if (context.Facts.Thinking != ThinkingStyle.Budget || turns.Reverse().TakeWhile(turn => turn.Role != "user")
            .LastOrDefault(turn => turn.Role == "assistant") is not { } open)
        {
            yield break;
        }

        var hasReasoning = open.Parts.Any(part => part["type"]?.ToString() == "reasoning");
        if (context.Request.Thinks && !hasReasoning)
        {
            // [issue opencode#3077] [issue llxprt-code#3695]
            yield return "messages: Expected `thinking` or `redacted_thinking`, but found `text`. When `thinking` is enabled, a final "
                + "`assistant` message must start with a thinking block.";
        }
        else if (!context.Request.Thinks && hasReasoning)
        {
            // [issue forgecode#1853]
            yield return "messages: When thinking is disabled, an `assistant` message in the final position cannot contain `thinking`.";
        }
    }

    private static IEnumerable<string> Gemini(RuleContext context)
    {
        foreach ((var index, var tool) in context.Request.Tools.Index())
        {
            if (!GoogleName().IsMatch(tool.Name))
            {
                // [issue cline#7339]
                yield return $"* GenerateContentRequest.tools[0].function_declarations[{index}].name: Invalid function name. Must start "
                    + "with a letter or an underscore.";
            }
        }

        if (!context.IsTranslated && !UserBegins(context))
        {
            // [issue gemini-cli#26486]
            yield return "Please ensure that function call turn comes immediately after a user turn or after a function response turn.";
        }

        if (!context.IsTranslated && context.Request.Turns is [.., { Role: "assistant" }])
        {
            // [issue crewAI#6973]
            yield return "Please ensure that single turn requests end with a user role or the role field is empty.";
        }
    }

    private static IEnumerable<(string Text, string Param, string? Code)> OpenAI(RuleContext context)
    {
        foreach ((var index, var tool) in context.Request.Tools.Index())
        {
            var place = $"tools[{index}].function.name";
            if (tool.Name.Length > LongestName)
            {
                // [issue ida-pro-mcp#129]
                yield return TooLong(place, tool.Name, LongestName);
            }
            else if (!Word().IsMatch(tool.Name))
            {
                // [issue 5ire#33]
                yield return ($"Invalid '{place}': string does not match pattern. Expected a string that matches the pattern "
                    + "'^[a-zA-Z0-9_-]+$'.", place, "invalid_value");
            }
        }

        foreach ((var index, var turn) in context.Request.Turns.Index())
        {
            foreach ((var at, var call) in turn.Calls.Index().Where(call => call.Item.Id.Length > LongestOpenAIId))
            {
                // [issue dify#28987]
                yield return TooLong($"messages[{index}].tool_calls[{at}].id", call.Id, LongestOpenAIId);
            }
        }

        foreach (var repeated in RepeatedResults(context))
        {
            yield return repeated;
        }
    }

    // Of the results of one turn [issue agno-agi/agno#5116]. Unconfirmed: those of different turns.
    private static IEnumerable<(string Text, string Param, string? Code)> RepeatedResults(RuleContext context)
    {
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        foreach ((var index, var turn) in context.Request.Turns.Index())
        {
            if (turn.ToolCallId is not { } id)
            {
                ids.Clear();
            }
            else if (!ids.TryAdd(id, index))
            {
                yield return ($"Invalid parameter: Duplicate value for 'tool_call_id' of '{id}', in messages[{ids[id]}] and "
                    + $"messages[{index}].", $"messages.[{index}].tool_call_id", null);
            }
        }
    }

    private static (string Text, string Param, string? Code) TooLong(string place, string value, int longest) => (
        $"Invalid '{place}': string too long. Expected a string with maximum length {longest}, but got a string with length "
        + $"{value.Length} instead.",
        place,
        "string_above_max_length");

    private static bool UserBegins(RuleContext context) =>
        context.Request.Turns.FirstOrDefault(turn => turn.Role != "system") is null or { Role: "user" };

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex Word();

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$")]
    private static partial Regex GoogleName();
}
