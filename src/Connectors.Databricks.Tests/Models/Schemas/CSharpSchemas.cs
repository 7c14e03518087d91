using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Models.Schemas;

/// <summary>Schemas as Microsoft.Extensions.AI makes them of C# types.</summary>
internal static partial class CSharpSchemas
{
    public static IReadOnlyDictionary<string, string> All { get; } = new[]
    {
        typeof(Order), typeof(Tree), typeof(Shape), typeof(Loose), typeof(Dictionary<string, Order>), typeof(Person),
    }.ToDictionary(type => type.Name, type => Parameters(type));

    // The schema of a function with one parameter of the type.
    private static string Parameters(Type type)
    {
        var schema = AIJsonUtilities.CreateJsonSchema(type, "The value.", serializerOptions: Contracts.Default.Options);
        var references = schema.GetRawText().Replace("\"$ref\":\"#", "\"$ref\":\"#/properties/value", StringComparison.Ordinal)
            .Replace("\"$ref\": \"#", "\"$ref\": \"#/properties/value", StringComparison.Ordinal);
        return $$"""{"type":"object","properties":{"value":{{references}}},"required":["value"]}""";
    }

    internal enum Priority
    {
        Low,
        High,
    }

    internal sealed record Order(
        [property: Description("The id.")] Guid Id, DateTime CreatedAt, DateOnly? Due, TimeSpan Duration, Uri? Link, Priority Priority,
        Priority? Next, [property: Range(1, 10)] int Count, [property: StringLength(20, MinimumLength = 2)] string Name, decimal? Price,
        byte[] Data, List<string>? Tags, Dictionary<string, int> Counts, char Letter, (int First, string Second) Pair);

    internal sealed record Tree(string Name, List<Tree> Children, Tree? Parent);

    internal sealed record Loose(object? Anything, JsonElement Json, JsonNode? Node, JsonObject Map, object[] Items);

    internal sealed record Person(
        [property: EmailAddress] string Email, [property: RegularExpression("^[a-z]+$")] string Nick,
        [property: AllowedValues("", "a")] string Kind, Person? Manager);

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), "square")]
    internal abstract record Shape(string Color);

    internal sealed record Circle(string Color, double Radius) : Shape(Color);

    internal sealed record Square(string Color, double Side, Shape? Inner) : Shape(Color);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(Order))]
    [JsonSerializable(typeof(Tree))]
    [JsonSerializable(typeof(Shape))]
    [JsonSerializable(typeof(Loose))]
    [JsonSerializable(typeof(Person))]
    [JsonSerializable(typeof(Dictionary<string, Order>))]
    private sealed partial class Contracts : JsonSerializerContext;
}
