using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Chooses the piece of a prompt that suits a string property, by its format, its name, and what is left.</summary>
internal static class StringFiller
{
    public static string Fill(JsonObject schema, string name, PromptFacts facts)
        => ByFormat(schema.Text("format"), facts) ?? facts.Quoted() ?? ByName(name, facts) ?? facts.Labelled(name) ?? Anything(name, facts);

    private static string? ByFormat(string? format, PromptFacts facts) => format switch
    {
        "date" => facts.Date() ?? "2026-01-01",
        "date-time" => facts.Date() is string date ? date.Contains('T') ? date : date + "T00:00:00Z" : "2026-01-01T00:00:00Z",
        "email" => facts.Email() ?? "someone@example.com",
        "uri" or "url" => facts.Link() ?? "https://example.com/",
        _ => null,
    };

    private static string? ByName(string name, PromptFacts facts)
    {
        HashSet<string> words = Words.OfQuestion(name);
        bool Speaks(string of) => words.Overlaps(Words.OfQuestion(of));
        return true switch
        {
            _ when Speaks("path file folder directory filename") => facts.Path(),
            _ when Speaks("email mail") => facts.Email(),
            _ when Speaks("url uri link") => facts.Link(),
            _ when Speaks("date day") => facts.Date() ?? facts.Labelled(name),
            _ when Speaks("expression formula calculation equation") => facts.Expression(),
            _ when Speaks("id identifier code key number ticket order sku") => facts.Labelled(name) is string labelled && labelled.Any(char.IsDigit)
                ? labelled
                : facts.Code() ?? (facts.Number(name) is double number ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null),
            _ when Speaks("city location place country region town name person customer user company author") => facts.Name() ?? facts.Labelled(name),
            _ when Speaks("query question text prompt message input content summary title description reason topic subject") =>
                Speaks("topic subject title") ? facts.Topic() ?? facts.Prompt : facts.Prompt,
            _ => null,
        };
    }

    private static string Anything(string name, PromptFacts facts)
        => facts.Name() ?? facts.Code() ?? facts.Topic() ?? (facts.Prompt.Length > 0 ? facts.Prompt : name);
}
