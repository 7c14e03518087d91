using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.Chat.Completions.Outbound;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Wire;

public class JsonValueToWireTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { null, "null" },
        { "a\"é+", "\"a\\\"é+\"" },
        { "", "\"\"" },
        { true, "true" },
        { false, "false" },
        { 42, "42" },
        { long.MinValue, "-9223372036854775808" },
        { 0.1f, "0.1" },
        { 0.1d, "0.1" },
        { 1e300, "1E+300" },
        { 0.10m, "0.10" },
        { (byte)1, "1" },
        { (short)-1, "-1" },
        { uint.MaxValue, "4294967295" },
        { ulong.MaxValue, "18446744073709551615" },
        { 'c', "\"c\"" },
        { new Guid("00000000-0000-0000-0000-000000000001"), "\"00000000-0000-0000-0000-000000000001\"" },
        { new DateTime(2026, 10, 1, 12, 0, 0, DateTimeKind.Utc), "\"2026-10-01T12:00:00Z\"" },
        { new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.FromHours(2)), "\"2026-10-01T12:00:00+02:00\"" },
        { new DateOnly(2026, 10, 1), "\"2026-10-01\"" },
        { new Uri("https://example.com/a b"), "\"https://example.com/a b\"" },
        { JsonElement.Parse("""{ "a": [1, null] }"""), """{"a":[1,null]}""" },
        { default(JsonElement), "null" },
        { JsonNode.Parse("""{ "a": [1, null] }"""), """{"a":[1,null]}""" },
        { JsonDocument.Parse("""{ "a": 1 }"""), """{"a":1}""" },
        { new Dictionary<string, object?> { ["a"] = null, ["b"] = new Dictionary<string, object?>() }, """{"a":null,"b":{}}""" },
        { new AdditionalPropertiesDictionary { ["a"] = 1 }, """{"a":1}""" },
        { new Dictionary<string, string> { ["a"] = "b" }, """{"a":"b"}""" },
        { new Dictionary<string, JsonElement> { ["a"] = JsonElement.Parse("[1]") }, """{"a":[1]}""" },
        { new SortedList<string, object?> { ["a"] = 1 }, """{"a":1}""" },
        { new List<int> { 1, 2 }, "[1,2]" },
        { new List<object?> { 1, "a", null, new List<bool> { true } }, """[1,"a",null,[true]]""" },
        { Enumerable.Repeat("a", 2), """["a","a"]""" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_written_as_json(object? value, string json) =>
        Assert.Equal(json, Written(value, AIJsonUtilities.DefaultOptions));

    [Theory]
    [MemberData(nameof(Values))]
    public void A_context_of_the_callers_takes_no_value_away(object? value, string json) =>
        Assert.Equal(json, Written(value, CallerContracts.Default.Options));

    [Fact]
    public void A_value_of_the_callers_type_is_written_by_its_contract() =>
        Assert.Equal("""{"city_name":"Oslo","degrees":[-3]}""", Written(new Forecast("Oslo", [-3]), CallerContracts.Default.Options));

    [Fact]
    public void Values_of_the_callers_type_may_be_nested_anywhere() => Assert.Equal(
        """{"all":[{"city_name":"Oslo","degrees":[]}]}""",
        Written(new Dictionary<string, object?> { ["all"] = new List<Forecast> { new("Oslo", []) } }, CallerContracts.Default.Options));

    [Fact]
    public void A_type_without_a_contract_is_refused() => Assert.Equal(
        $"No JSON contract is known for {typeof(Forecast)}. Pass a JsonElement or JsonNode, or add a source-generated context for the " +
        "type to DatabricksServingOptions.SerializerOptions.",
        Assert.Throws<NotSupportedException>(() => Written(new Forecast("Oslo", []), AIJsonUtilities.DefaultOptions)).Message);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_json_does_not_have_is_refused(object number) => Assert.Equal(
        $"JSON cannot represent {number}.",
        Assert.Throws<NotSupportedException>(() => Written(number, AIJsonUtilities.DefaultOptions)).Message);

    [Fact]
    public void A_dictionary_with_other_keys_than_strings_is_refused() => Assert.StartsWith(
        "A key of System.Collections.Generic.Dictionary",
        Assert.Throws<NotSupportedException>(
            () => Written(new Dictionary<int, string> { [1] = "a" }, AIJsonUtilities.DefaultOptions)).Message,
        StringComparison.Ordinal);

    private static string Written(object? value, JsonSerializerOptions options)
    {
        using var buffer = new SegmentedBuffer();
        using (var writer = JsonWriting.CreateWriter(buffer))
        {
            JsonValueToWire.Write(writer, value, options);
        }

        return Encoding.UTF8.GetString(buffer.Contiguous());
    }
}
