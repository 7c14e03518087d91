using System.Text.Json.Nodes;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.ModelServices;

/// <summary>Members of other kinds than expected, wherever they are.</summary>
public class ModelServiceOddMembersTests
{
    private static readonly string[] Kinds =
        ["null", "true", "\"text\"", "\"7\"", "-1", "7.5", "1e400", "{}", "[]", "[null]", "{\"a\":[7]}", "[[]]"];

    [Theory]
    [InlineData("""{"name":"model-services/a.b.odd","config":7}""")]
    [InlineData("""{"name":"model-services/a.b.odd","config":{"routing":[]}}""")]
    [InlineData("""{"name":"model-services/a.b.odd","config":{"rate_limits":{}}}""")]
    [InlineData("""{"name":"model-services/a.b.odd","config":{"routing":{"destinations":[null,{"name":null,"traffic_percentage":"90"}]}}}""")]
    [InlineData("""{"name":"model-services/a.b.odd","create_time":"yesterday","update_time":{}}""")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    public async Task One_odd_service_does_not_hide_the_others_of_a_list(string odd)
    {
        var list = $$"""
            {"model_services":[{"name":"model-services/a.b.before","comment":"a"},{{odd}},{"name":"model-services/a.b.after","comment":"b"}]}
            """;

        var services = await new VerbatimService { HasModelServices = true }
            .Answers(list).Client().GetManagementClient().ModelServices.ListAsync();

        Assert.Equal(
            ["a.b.before a", "a.b.after b"], services.Where(one => one.Name != "a.b.odd").Select(one => $"{one.Name} {one.Comment}"));
        Assert.Equal(odd.Contains("odd", StringComparison.Ordinal) ? 3 : 2, services.Count);
    }

    [Fact]
    public async Task What_cannot_be_read_is_kept_as_it_came()
    {
        var service = Assert.Single(await new VerbatimService { HasModelServices = true }
            .Answers("""{"model_services":[{"name":"model-services/a.b.odd","config":7,"comment":"a"}]}""")
            .Client().GetManagementClient().ModelServices.ListAsync());

        Assert.Equal(["config"], service.AdditionalProperties.Keys);
        Assert.Equal(("a", "config"), (service.Comment, Assert.Single(service.Unreadable)));
    }

    /// <summary>Every member of a whole document, replaced by every kind of value: it is read, or fails as an invalid response.</summary>
    [Fact]
    public async Task Any_member_of_any_kind_is_read_or_fails_as_an_invalid_response()
    {
        var (read, failed) = (0, 0);
        foreach (var mutated in Mutations(JsonNode.Parse(ModelServiceRoutesTests.Answer)!))
        {
            var services = new VerbatimService { HasModelServices = true }.Answers(mutated).Client().GetManagementClient().ModelServices;
            try
            {
                var service = await services.GetAsync("main.ai.chat");
                _ = (service.ToString(), service.GetHashCode(), service.Equals(DatabricksManagementModelFactory.ModelService(mutated)));
                read++;
            }
            catch (DatabricksServingException exception)
            {
                Assert.Equal((DatabricksServingErrorKind.InvalidResponse, false), (exception.Kind, exception.IsTransient));
                failed++;
            }
        }

        Assert.InRange(read, 200, 10_000);
        Assert.InRange(failed, 1, 100);
    }

    /// <summary>The same documents before a rollout: it ends with one of its documented exceptions, and sends no other request.</summary>
    [Fact]
    public async Task A_rollout_of_an_odd_service_ends_as_documented()
    {
        foreach (var mutated in Mutations(JsonNode.Parse(ModelServiceRoutesTests.Answer)!))
        {
            var service = new VerbatimService { HasModelServices = true }.Answers(mutated).Answers(ModelServiceRoutesTests.Answer);
            var exception = await Record.ExceptionAsync(() => service.Client().GetManagementClient().ModelServices.Rollouts
                .SetTrafficAsync("main.ai.chat", TrafficConfig.Split(("champion", 90), ("challenger", 10))));

            Assert.True(
                exception is null or ArgumentException or InvalidOperationException or DatabricksServingException,
                $"{mutated}\n{exception}");
            Assert.All(service.Sent.Skip(1), sent => Assert.Contains("update_mask=config.routing.destinations", sent.Uri.Query,
                StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> Mutations(JsonNode document) =>
        from path in Paths(document).ToArray()
        from kind in Kinds
        select Replaced(document.DeepClone(), path, kind);

    private static IEnumerable<string[]> Paths(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Under(member.Key, member.Value)),
        JsonArray items => items.SelectMany((item, i) => Under($"{i}", item)),
        _ => [],
    };

    private static IEnumerable<string[]> Under(string name, JsonNode? node) =>
        Paths(node).Select(rest => (string[])[name, .. rest]).Append([name]);

    private static string Replaced(JsonNode document, string[] path, string kind)
    {
        var owner = path[..^1].Aggregate(document, (node, name) => node is JsonArray items
            ? items[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]! : node[name]!);
        const string Mark = "\"7c1d\"";
        if (owner is JsonArray list)
        {
            list[int.Parse(path[^1], System.Globalization.CultureInfo.InvariantCulture)] = JsonNode.Parse(Mark);
        }
        else
        {
            owner[path[^1]] = JsonNode.Parse(Mark);
        }

        return document.ToJsonString().Replace(Mark, kind, StringComparison.Ordinal);
    }
}
