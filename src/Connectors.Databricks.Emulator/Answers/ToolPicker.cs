using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Decides which offered tools a prompt asks for, and with which arguments.</summary>
internal static class ToolPicker
{
    private const int NameWeight = 3;
    private const int Enough = 3;

    public static IReadOnlyList<ToolCall> Pick(ChatRequest request, ModelFacts facts)
    {
        if (request.Tools.Count == 0 || request.ToolChoice == "none")
        {
            return [];
        }

        var prompt = History.LastUserText(request);
        var wanted = request.ForcedTool is string forced
            ? [.. request.Tools.Where(tool => tool.Name == forced).Take(1).Select(tool => Call(tool, prompt))]
            : Missing(Wanted(request.Tools, prompt), request);
        if (wanted.Count == 0 && request.ToolChoice == "required")
        {
            wanted.Add(Call(Best(request.Tools, prompt), prompt));
        }

        return facts.ParallelCalls && request.AllowsParallelCalls ? wanted : [.. wanted.Take(1)];
    }

    /// <summary>One call after another, where calls cannot be made together: what was called is not called again.</summary>
    private static List<ToolCall> Missing(IEnumerable<ToolCall> wanted, ChatRequest request)
    {
        var made = History.CalledSinceLastUser(request);
        return [.. wanted.Where(call => !made.Remove(call.Name))];
    }

    /// <summary>Each further tool must be asked for with words of its own: "weather" calls one weather tool, not two.</summary>
    private static IEnumerable<ToolCall> Wanted(IReadOnlyList<ToolOffer> tools, string prompt)
    {
        var words = PromptWords(prompt);
        List<(ToolOffer Tool, IReadOnlyList<ToolCall> Calls)> chosen = [];
        foreach (var tool in tools.OrderByDescending(tool => Score(tool, words)).ThenBy(tool => FirstMention(tool, prompt)).ToList())
        {
            if (Score(tool, words) >= Enough)
            {
                IReadOnlyList<ToolCall> calls = [.. PromptFacts.Apart(prompt).Select(part => Call(tool, part)).Distinct()];
                chosen.Add((tool, calls));
                words.ExceptWith(Words.Of(tool.Name));
                words.ExceptWith(calls.SelectMany(call => Words.Of(call.Arguments)));
            }
        }

        return chosen.OrderBy(choice => FirstMention(choice.Tool, prompt)).SelectMany(choice => choice.Calls);
    }

    private static ToolOffer Best(IReadOnlyList<ToolOffer> tools, string prompt)
    {
        var words = PromptWords(prompt);
        return tools.MaxBy(tool => Score(tool, words))!;
    }

    private static HashSet<string> PromptWords(string prompt)
    {
        var words = Words.Of(prompt);
        if (new PromptFacts(prompt).Expression() is not null)
        {
            words.UnionWith(Words.Of("calculate arithmetic math expression"));
        }

        return words;
    }

    private static int Score(ToolOffer tool, HashSet<string> prompt)
    {
        var name = Words.Of(tool.Name);
        var rest = Words.Of($"{tool.Description} {string.Join(' ', ParameterWords(tool.Parameters))}");
        rest.ExceptWith(name);
        return (NameWeight * name.Count(prompt.Contains)) + rest.Count(prompt.Contains);
    }

    private static IEnumerable<string> ParameterWords(JsonObject? schema) =>
        (schema?.Object("properties") ?? []).SelectMany(property =>
            (property.Value as JsonObject)?["enum"] is JsonArray values
                ? values.Select(value => value.Text() ?? "").Prepend(property.Key)
                : [property.Key]);

    private static int FirstMention(ToolOffer tool, string prompt)
    {
        var name = Words.Of(tool.Name);
        var at = Array.FindIndex(prompt.Split(' '), word => name.Overlaps(Words.Of(word)));
        return at < 0 ? int.MaxValue : at;
    }

    private static ToolCall Call(ToolOffer tool, string prompt)
    {
        var filler = new SchemaFiller(tool.Parameters ?? [], new PromptFacts(prompt), prompt);
        return new(tool.Name, CompactJson.Write(filler.FillObject(onlyRequired: true)));
    }
}
