using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;
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

        string prompt = History.LastUserText(request);
        if (request.ForcedTool is string forced)
        {
            return request.Tools.Where(tool => tool.Name == forced).Take(1).Select(tool => Call(tool, prompt)).ToList();
        }

        HashSet<string> done = History.CalledSinceLastUser(request);
        List<ToolOffer> wanted = [.. Wanted(request.Tools, prompt).Where(tool => !done.Contains(tool.Name))];
        if (wanted.Count == 0 && request.ToolChoice == "required")
        {
            wanted.Add(Best(request.Tools, prompt));
        }

        bool mayCallSeveral = facts.ParallelCalls && request.AllowsParallelCalls;
        return [.. wanted.Take(mayCallSeveral ? wanted.Count : 1).Select(tool => Call(tool, prompt))];
    }

    /// <summary>Each further tool must be asked for with words of its own: "weather" in the prompt calls one weather tool, not two.</summary>
    private static IEnumerable<ToolOffer> Wanted(IReadOnlyList<ToolOffer> tools, string prompt)
    {
        HashSet<string> words = Words.Of(prompt);
        foreach (ToolOffer tool in tools.OrderByDescending(tool => Score(tool, words)).ThenBy(tool => FirstMention(tool, prompt)).ToList())
        {
            if (Score(tool, words) < Enough)
            {
                yield break;
            }

            yield return tool;
            words.ExceptWith(Words.Of(tool.Name));
        }
    }

    private static ToolOffer Best(IReadOnlyList<ToolOffer> tools, string prompt)
    {
        HashSet<string> words = Words.Of(prompt);
        return tools.MaxBy(tool => Score(tool, words))!;
    }

    private static int Score(ToolOffer tool, HashSet<string> prompt)
    {
        HashSet<string> name = Words.Of(tool.Name);
        HashSet<string> rest = Words.Of($"{tool.Description} {string.Join(' ', ParameterWords(tool.Parameters))}");
        rest.ExceptWith(name);
        return (NameWeight * name.Count(prompt.Contains)) + rest.Count(prompt.Contains);
    }

    private static IEnumerable<string> ParameterWords(JsonObject? schema)
        => (schema?.Object("properties") ?? []).SelectMany(property =>
            (property.Value as JsonObject)?["enum"] is JsonArray values
                ? values.Select(value => value.Text() ?? "").Prepend(property.Key)
                : [property.Key]);

    private static int FirstMention(ToolOffer tool, string prompt)
    {
        string[] words = prompt.Split(' ');
        HashSet<string> name = Words.Of(tool.Name);
        int at = Array.FindIndex(words, word => name.Overlaps(Words.Of(word)));
        return at < 0 ? int.MaxValue : at;
    }

    private static ToolCall Call(ToolOffer tool, string prompt)
        => new(tool.Name, CompactJson.Write(new SchemaFiller(tool.Parameters ?? [], new PromptFacts(prompt)).FillObject(onlyRequired: true)));
}
