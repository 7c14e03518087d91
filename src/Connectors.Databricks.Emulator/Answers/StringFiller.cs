using System.Globalization;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Selects the value of a string property by its format, its name, and the unused values of the prompt.</summary>
internal static class StringFiller
{
    private static readonly HashSet<string> Paths = Keywords.ExtractFromQuestion("path file folder directory filename");
    private static readonly HashSet<string> Mails = Keywords.ExtractFromQuestion("email mail recipient to");
    private static readonly HashSet<string> Links = Keywords.ExtractFromQuestion("url uri link");
    private static readonly HashSet<string> Dates = Keywords.ExtractFromQuestion("date day");
    private static readonly HashSet<string> Sums = Keywords.ExtractFromQuestion("expression formula calculation equation");
    private static readonly HashSet<string> Codes = Keywords.ExtractFromQuestion("id identifier code key number ticket order sku");
    private static readonly HashSet<string> Names = Keywords.ExtractFromQuestion(
        "city location place country region town name person customer user company author");
    private static readonly HashSet<string> Topics = Keywords.ExtractFromQuestion("query topic subject title search keyword");
    private static readonly HashSet<string> Texts = Keywords.ExtractFromQuestion(
        "question text prompt message input content summary description reason body");

    public static string Fill(JsonObject schema, string name, PromptValues facts, string lastResort) =>
        ByFormat(schema.Text("format"), facts)
            ?? facts.LabeledQuote(name)
            ?? ByName(name, facts)
            ?? facts.Quoted()
            ?? facts.Labeled(name)
            ?? facts.Name()
            ?? facts.Code()
            ?? lastResort;

    private static string? ByFormat(string? format, PromptValues facts) => format switch
    {
        "date" => facts.Date() ?? "2026-01-01",
        "date-time" => facts.Date() is string date ? date.Contains('T') ? date : date + "T00:00:00Z" : "2026-01-01T00:00:00Z",
        "email" => facts.Email() ?? "someone@example.com",
        "uri" or "url" => facts.Link() ?? "https://example.com/",
        _ => null,
    };

    private static string? ByName(string name, PromptValues facts)
    {
        var words = Keywords.ExtractFromQuestion(name);
        return true switch
        {
            _ when words.Overlaps(Paths) => facts.Path(),
            _ when words.Overlaps(Mails) || name == "to" => facts.Email(),
            _ when words.Overlaps(Links) => facts.Link(),
            _ when words.Overlaps(Dates) => facts.Date() ?? facts.Labeled(name),
            _ when words.Overlaps(Sums) => facts.Expression(),
            _ when words.Overlaps(Codes) => Code(name, facts),
            _ when IsName(name) => facts.Identifier() ?? facts.Name(),
            _ when words.Overlaps(Names) => facts.Name(),
            _ when words.Overlaps(Topics) => facts.Quoted() ?? facts.Topic() ?? facts.Prompt,
            _ when words.Overlaps(Texts) => facts.Quoted() ?? facts.Prompt,
            _ => null,
        };
    }

    /// <summary>Whether the property is the name of something.</summary>
    public static bool IsName(string property) =>
        property is "name" || property.EndsWith("_name", StringComparison.Ordinal) || property.EndsWith("Name", StringComparison.Ordinal);

    private static string? Code(string name, PromptValues facts) =>
        facts.Labeled(name) is string labeled && labeled.Any(char.IsDigit)
            ? labeled
            : facts.Code() ?? facts.Number(name)?.ToString(CultureInfo.InvariantCulture);
}
