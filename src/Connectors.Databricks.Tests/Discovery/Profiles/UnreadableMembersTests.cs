using System.Text.Json;
using Connectors.Databricks.Discovery.Documents;
using Connectors.Databricks.Discovery.Profiles;
using Connectors.Databricks.Discovery.Tools;

namespace Connectors.Databricks.Tests.Discovery.Profiles;

/// <summary>Members that count as absent because they are of another kind than expected are named.</summary>
public class UnreadableMembersTests
{
    [Theory]
    [InlineData("""{"name":"a"}""", "")]
    [InlineData("""{"name":"a","task":null,"state":null,"config":{"served_entities":null}}""", "")]
    [InlineData("""{"name":"a","config":{"served_entities":[{"entity_version":3,"scale_to_zero_enabled":"true"}]}}""", "")]
    [InlineData("""{"name":"a","unknown":[1]}""", "")]
    [InlineData("""{"name":"a","task":7}""", "task is a JSON Number")]
    [InlineData("""{"name":"a","state":"READY"}""", "state is a JSON String")]
    [InlineData("""{"name":"a","state":{"ready":{}},"tags":{}}""", "state.ready is a JSON Object; tags is a JSON Object")]
    [InlineData("""{"name":"a","tags":[{"key":"x"},{"key":1}]}""", "tags[1].key is a JSON Number")]
    [InlineData(
        """{"name":"a","pending_config":{"served_models":[{"external_model":[]},{"scale_to_zero_enabled":"often"}]}}""",
        "pending_config.served_models[1].scale_to_zero_enabled is a JSON String; " +
        "pending_config.served_models[0].external_model is a JSON Array")]
    [InlineData(
        """{"name":"model-services/a.b.c","config":{"destinations":[{"traffic_percentage":"half"}]}}""",
        "config.destinations[0].traffic_percentage is a JSON String")]
    public void A_member_of_another_kind_is_named(string document, string expected)
    {
        var profile = Read(document);

        Assert.Equal(expected, string.Join("; ", profile.Unreadable));
        Assert.Equal(expected, Told(writer => ProfileToJson.WriteDetails(writer, profile, text => text)));
        Assert.Equal(expected, Told(writer => ProfileToJson.WriteItem(writer, profile)));
    }

    [Fact]
    public void No_more_than_twenty_are_named()
    {
        var profile = Read($$"""{"name":"a","tags":[{{string.Join(',', Enumerable.Repeat("{\"key\":1}", 50))}}]}""");

        Assert.Equal(20, profile.Unreadable.Count);
        Assert.Equal(
            "tags[0].key is a JSON Number; tags[1].key is a JSON Number; tags[2].key is a JSON Number; and 17 others",
            Told(writer => ProfileToJson.WriteItem(writer, profile)));
    }

    private static EndpointProfile Read(string document) => ProfileFromEndpoint.Read(
        DiscoveredEndpoint.ReadAny(JsonElement.Parse(document))!, DatabricksModelCapabilities.BuiltIn);

    private static string Told(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        var written = JsonElement.Parse(stream.ToArray());
        return written.TryGetProperty("unreadable", out var list) ? string.Join("; ", list.EnumerateArray()) : string.Empty;
    }
}
