using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Selects the tools to call and their arguments.</summary>
internal static class ToolSelector
{
    private const int NameWeight = 3;
    private const int Enough = 3;

    public static IReadOnlyList<ToolCall> Pick(ChatRequest request, ModelCapabilities facts)
    {
        if (request.Tools.Count == 0 || request.ToolChoice == "none")
        {
            return [];
        }

        var prompt = Arithmetic.WithSymbols(ConversationHistory.LastUserText(request));
        var wanted = request.ForcedTool is string forced
            ? [.. request.Tools.Where(tool => tool.Name == forced).Take(1).Select(tool => Call(tool, prompt))]
            : Missing(Wanted(request.Tools, prompt), request);
        if (wanted.Count == 0 && request.ToolChoice == "required")
        {
            wanted.Add(Call(Best(request.Tools, prompt), prompt));
        }

        return facts.ParallelCalls && request.AllowsParallelCalls ? wanted : [.. wanted.Take(1)];
    }

    /// <summary>Excludes tools that were already called, for models without parallel calls.</summary>
    private static List<ToolCall> Missing(IEnumerable<ToolCall> wanted, ChatRequest request)
    {
        var made = ConversationHistory.CallsSinceLastUser(request);
        return [.. wanted.Where(call => !made.Remove(call.Name))];
    }

    /// <summary>Each further tool needs keywords of its own: "weather" calls one weather tool, not two.</summary>
    private static IEnumerable<ToolCall> Wanted(IReadOnlyList<ToolDefinition> tools, string prompt)
    {
        var words = PromptWords(prompt);
        List<(ToolDefinition Tool, IReadOnlyList<ToolCall> Calls)> chosen = [];
        foreach (var tool in tools.OrderByDescending(tool => Score(tool, words)).ThenBy(tool => FirstMention(tool, prompt)).ToList())
        {
            if (Score(tool, words) >= Enough)
            {
                IReadOnlyList<ToolCall> calls = [.. PromptValues.Apart(prompt).Select(part => Call(tool, part)).Distinct()];
                chosen.Add((tool, calls));
                words.ExceptWith(Keywords.Extract(tool.Name));
                words.ExceptWith(calls.SelectMany(call => Keywords.Extract(call.Arguments)));
            }
        }

        return Lookup(tools, prompt) is { } lookup && chosen.TrueForAll(choice => ToolSubject.Lists(choice.Tool.Name))
            ? [Call(lookup, prompt)]
            : chosen.OrderBy(choice => FirstMention(choice.Tool, prompt)).SelectMany(choice => choice.Calls);
    }

    /// <summary>"Describe system.ai.gpt-5": the first tool that looks something up by its name.</summary>
    private static ToolDefinition? Lookup(IReadOnlyList<ToolDefinition> tools, string prompt) =>
        new PromptValues(prompt).Identifier() is null ? null : tools.FirstOrDefault(IsLookup);

    private static bool IsLookup(ToolDefinition tool) =>
        ToolSubject.LooksUp(tool.Name)
            && tool.Parameters?["required"] is JsonArray { Count: 1 } required
            && StringFiller.IsName(required[0].Text() ?? "");

    private static ToolDefinition Best(IReadOnlyList<ToolDefinition> tools, string prompt)
    {
        var words = PromptWords(prompt);
        return tools.MaxBy(tool => Score(tool, words))!;
    }

    private static HashSet<string> PromptWords(string prompt)
    {
        var words = Keywords.Extract(prompt);
        if (new PromptValues(prompt).Expression() is not null)
        {
            words.UnionWith(Keywords.Extract("calculate arithmetic math expression"));
        }

        return words;
    }

    private static int Score(ToolDefinition tool, HashSet<string> prompt)
    {
        var name = Keywords.Extract(tool.Name);
        var rest = Keywords.Extract($"{tool.Description} {string.Join(' ', ParameterWords(tool.Parameters))}");
        rest.ExceptWith(name);
        return (NameWeight * name.Count(prompt.Contains)) + rest.Count(prompt.Contains);
    }

    private static IEnumerable<string> ParameterWords(JsonObject? schema) =>
        (schema?.Object("properties") ?? []).SelectMany(property =>
            (property.Value as JsonObject)?["enum"] is JsonArray values
                ? values.Select(value => value.Text() ?? "").Prepend(property.Key)
                : [property.Key]);

    private static int FirstMention(ToolDefinition tool, string prompt)
    {
        var name = Keywords.Extract(tool.Name);
        var at = Array.FindIndex(prompt.Split(' '), word => name.Overlaps(Keywords.Extract(word)));
        return at < 0 ? int.MaxValue : at;
    }

    private static ToolCall Call(ToolDefinition tool, string prompt)
    {
        var filler = new SchemaFiller(tool.Parameters ?? [], new PromptValues(prompt), prompt);
        return new(tool.Name, CompactJson.Write(filler.FillObject(onlyRequired: true)));
    }
}
