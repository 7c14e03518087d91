using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>The tools of a request (§3.5).</summary>
internal static class ToolRules
{
    private const int MostTools = 32;
    private const int MostKeys = 16;

    private static readonly string[] Choices = ["none", "auto", "required"];

    public static IEnumerable<string> Violations(RuleContext context)
    {
        var request = context.Request;
        if (request.Body["tools"] is JsonArray tools && tools.Count > MostTools)
        {
            // [okf:function-calling]; Unconfirmed: the wording.
            yield return context.Messages.Invalid("tools", $"at most {MostTools} functions are supported, got {tools.Count}");
        }

        foreach ((var index, var tool) in request.Body.Objects("tools").Index())
        {
            if (tool.Text("type") != "function" || tool.Object("function") is null)
            {
                // Unconfirmed: the shape is documented (§3.5), the refusal is a guess.
                yield return context.Messages.Invalid($"tools.{index}", "a tool must be of type 'function' and have a 'function'");
            }
        }

        foreach ((var index, var tool) in request.Tools.Index())
        {
            if (tool.Name.Length == 0)
            {
                // Unconfirmed: the wording.
                yield return context.Messages.Invalid($"tools.{index}.function.name", "a name is required");
            }

            if (tool.Parameters is null)
            {
                // [issue ellmer#1084] on Llama 3.3. Unconfirmed: that the other families return the same text.
                yield return "Bad request: \"parameters\" is a required property for \"function\" object in parameter \"tools\"";
            }

            if (context.Is(EmulatedDialect.Claude) && !context.Options.Quirks.ClaudeAcceptsStrictTools && tool.Function.IsGiven("strict"))
            {
                // [issue ellmer#548] [issue databricks-ai-bridge#269]
                yield return ErrorMessages.Claude($"tools.{index}.custom.strict: Extra inputs are not permitted");
            }

            foreach (var broken in Schema(context, tool, index))
            {
                yield return broken;
            }
        }

        // Unconfirmed: the wording of the three refusals of tool_choice.
        if (request.Body.Text("tool_choice") is string choice && !Choices.Contains(choice))
        {
            yield return context.Messages.OutsideOf("tool_choice", choice, Choices);
        }

        if (request.ForcedTool is string forced && request.Tools.All(tool => tool.Name != forced))
        {
            yield return context.Messages.Invalid("tool_choice", $"tool '{forced}' is not in tools");
        }

        if (request.ToolChoice == "required" && request.Tools.Count == 0)
        {
            yield return context.Messages.Invalid("tool_choice", "tools are required when tool_choice is set");
        }
    }

    private static IEnumerable<string> Schema(RuleContext context, ToolDefinition tool, int index)
    {
        if (tool.Parameters is not JsonObject parameters)
        {
            return [];
        }

        if (context.Is(EmulatedDialect.Gemini))
        {
            string[] unknown =
            [
                .. GoogleSchemaRules.Unknown(
                    parameters, $"tools[0].function_declarations[{index}].parameters", context.Options.Quirks.GeminiEnforcesGoogleSchema),
            ];
            return unknown.Length == 0 ? [] : [string.Join('\n', unknown)];
        }

        return context.Options.Quirks.EnforcesDocumentedSchemaLimits ? Documented(context, parameters, index) : [];
    }

    private static IEnumerable<string> Documented(RuleContext context, JsonObject parameters, int index) =>
        DocumentedSchemaRules.Violations(context.Messages, parameters, $"tools.{index}.function.parameters", MostKeys);
}
