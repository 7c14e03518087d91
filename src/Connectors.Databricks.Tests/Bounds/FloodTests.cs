using System.Text;
using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Bounds;

/// <summary>
/// Every array and object that a service can send, filled with thousands of items, on every surface: the call succeeds or fails typed, and
/// allocates in proportion to the limits and to the bytes that it reads, not to the number of items.
/// </summary>
public partial class FloodTests
{
    private const int MaxItems = 50;

    /// <summary>What a call may allocate beyond its valid document: for each item that is let in, and for each byte of the body.</summary>
    private const long BytesPerItem = 4096;
    private const long BytesPerByte = 40;

    public static TheoryData<string> Surfaces => [.. FloodedSurface.All.Keys];

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task A_flood_of_items_is_refused_or_costs_no_more_than_its_bytes(string name)
    {
        var surface = FloodedSurface.All[name];
        foreach (var document in surface.Documents)
        {
            var valid = Encoding.UTF8.GetBytes(document);
            await ReadAsync(surface, valid);
            var ordinary = await ReadAsync(surface, valid);
            foreach (var (flood, body) in Floods.Of(document, NamesIn(surface.Folders)))
            {
                var most = ordinary + (MaxItems * BytesPerItem) + (BytesPerByte * body.Length);
                var allocated = await ReadAsync(surface, body);
                if (allocated > most)
                {
                    // Once more: code that runs for the first time is compiled.
                    allocated = await ReadAsync(surface, body);
                }

                Assert.True(allocated <= most, $"{name}, {flood}: {allocated} bytes for a body of {body.Length}; the most is {most}.");
            }
        }
    }

    [Theory]
    [InlineData("chat", """{"choices":[@]}""", "{}")]
    [InlineData("stream", """{"choices":[@]}""", "{}")]
    [InlineData("chat", """{"messages":[@]}""", "{}")]
    [InlineData("chat", """{"choices":[{"message":{"content":[@]}}]}""", "\"a\"")]
    [InlineData("stream", """{"choices":[{"delta":{"content":[@]}}]}""", "\"a\"")]
    [InlineData("stream", """{"delta":{"content":[@]}}""", "\"a\"")]
    [InlineData("chat", """{"choices":[{"message":{"tool_calls":[@]}}]}""", "{\"function\":{}}")]
    [InlineData("responses", """{"output":[@]}""", """{"type":"x"}""")]
    [InlineData("responses", """{"output":[{"type":"message","content":[@]}]}""", "\"a\"")]
    [InlineData("responses", """{"output":[{"type":"reasoning","summary":[@]}]}""", "{}")]
    [InlineData("responses stream", """{"type":"response.output_item.done","item":{"type":"message","content":[@]}}""", "\"a\"")]
    [InlineData("completion", """{"choices":[@]}""", "{}")]
    [InlineData("endpoint list", """{"endpoints":[@]}""", "{}")]
    [InlineData("signature", """{"openapi":"3","servers":[@]}""", "{}")]
    public async Task A_list_beyond_the_limit_is_refused_by_its_name(string surface, string document, string item)
    {
        var body = Encoding.UTF8.GetBytes(
            document.Replace("@", string.Join(',', Enumerable.Repeat(item, MaxItems * 3)), StringComparison.Ordinal));

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => FloodedSurface.All[surface].ReadAsync(body, Limited));

        Assert.EndsWith(
            $"the response has more than {MaxItems} items. Raise ResponseLimits.MaxItems if such responses are expected.", failure.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat", """{"choices":[{"message":{"content":"a"},"logprobs":[@]}]}""", 3_000)]
    [InlineData("chat", """{"choices":[{"message":{"content":"a"}}],"unknown":[@]}""", 3_000)]
    [InlineData("stream", """{"choices":[{"delta":{"content":"a"}}],"unknown":[@]}""", 3_000)]
    [InlineData("responses", """{"output":[],"unknown":[@]}""", 3_000)]
    [InlineData("responses stream", """{"type":"response.completed","unknown":[@]}""", 3_000)]
    [InlineData("completion", """{"choices":[{"text":"a"}],"unknown":[@]}""", 3_000)]
    [InlineData("prediction", """{"predictions":[@]}""", 3_000)]
    [InlineData("endpoint list", """{"endpoints":[],"unknown":[@]}""", MaxItems * 10)]
    public async Task Values_beyond_the_limit_are_rejected_even_in_unknown_members(string surface, string document, int limit)
    {
        var body = Encoding.UTF8.GetBytes(document.Replace("@", string.Join(',', Enumerable.Repeat("0", 4_000)), StringComparison.Ordinal));

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => FloodedSurface.All[surface].ReadAsync(body, options =>
        {
            Limited(options);
            options.ResponseLimits.MaxJsonValues = 3_000;
        }));

        Assert.EndsWith(
            $"the response has more than {limit} JSON values. Raise ResponseLimits.MaxJsonValues if such responses are expected.",
            failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_that_readers_know_are_found() =>
        Assert.Superset(
            new HashSet<string> { "choices", "tool_calls", "annotations", "summary" }, NamesIn(["Chat/Completions/Inbound"]).ToHashSet());

    // On one thread from end to end, since everything is there: what another test allocates meanwhile does not count.
    private static Task<long> ReadAsync(FloodedSurface surface, byte[] body)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var reading = surface.ReadAsync(body, Limited);
            Assert.True(reading.IsCompleted, "It did not complete at once, so its allocations cannot be counted.");
            reading.GetAwaiter().GetResult();
        }
        catch (DatabricksServingException)
        {
            // Refused, and typed.
        }

        return Task.FromResult(GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Limited(DatabricksServingOptions options) => options.ResponseLimits.MaxItems = MaxItems;

    /// <summary>The member names that the readers in some folders compare with.</summary>
    private static string[] NamesIn(string[] folders) =>
    [
        .. Repository.Core
            .Where(
                file => folders.Append("Wire").Any(
                    folder => file.Path.StartsWith($"src/Connectors.Databricks/{folder}/", StringComparison.Ordinal)))
            .SelectMany(file => Name().Matches(file.Text).Select(match => match.Groups["name"].Value))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex("""(?:\bIs|ValueTextEquals|SequenceEqual|TryGetProperty|Text|Items|Members?)\((?:\w+, )?"(?<name>[@$a-zA-Z_]+)"(?:u8)?""")]
    private static partial Regex Name();
}
