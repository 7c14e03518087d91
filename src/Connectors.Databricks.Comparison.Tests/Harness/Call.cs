namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>A tool call of a scripted reply. Arguments are the text that the model wrote, whitespace included.</summary>
internal readonly record struct Call(string Name, string Arguments = "{}", string Id = "call_0")
{
    public static Call Weather(string city = "Bonn", string id = "call_0") => new("City-Weather", $$"""{ "city" : "{{city}}"}""", id);

    public static Call Count(int adults = 2, string id = "call_1") =>
        new("City-Count", $$""" {"adults":{{adults}} , "children": 1 }""", id);
}
