using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.Documents;

/// <summary>One odd member of one endpoint does not make others unreadable.</summary>
public class OddMembersTests
{
    [Theory]
    [InlineData("""{"name":"odd","route_optimized":"true"}""")]
    [InlineData("""{"name":"odd","route_optimized":null}""")]
    [InlineData("""{"name":"odd","state":{"ready":null,"config_update":null}}""")]
    [InlineData("""{"name":"odd","config":{"served_entities":[null,{"name":"a","entity_version":7,"scale_to_zero_enabled":"false"}]}}""")]
    [InlineData("""{"name":"odd","config":{"traffic_config":{"routes":[{"served_model_name":"a","traffic_percentage":null}]}}}""")]
    [InlineData("""{"name":"odd","config":{"traffic_config":{"routes":[{"served_model_name":"a","traffic_percentage":"90"}]}}}""")]
    [InlineData("""{"name":"odd","tags":[null,{"key":"a"}]}""")]
    [InlineData("""{"name":"odd","config":7,"creator":{"a":1}}""")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    public async Task In_a_list(string odd)
    {
        var list = $$"""{"endpoints":[{"name":"before","creator":"a"},{{odd}},{"name":"after","creator":"b"}]}""";

        var endpoints = await new VerbatimService().Answers(list).Client().GetManagementClient().ListAsync();
        var snapshot = await new VerbatimService().Answers(list).Client().Directory.GetAsync();

        Assert.Equal(["before a", "after b"], endpoints.Where(one => one.Name != "odd").Select(one => $"{one.Name} {one.Creator}"));
        Assert.Equal(["before a", "after b"], snapshot.Profiles.Where(one => one.Name != "odd").Select(one => $"{one.Name} {one.Creator}"));
        Assert.Equal(odd.Contains("odd", StringComparison.Ordinal) ? 3 : 2, endpoints.Count);
        Assert.Equal((3, endpoints.Count), (snapshot.Profiles.Count + snapshot.Unreadable.Count, snapshot.Profiles.Count));
    }

    [Fact]
    public async Task An_item_of_the_directory_that_is_no_endpoint_is_named() => Assert.Equal(
        ["endpoints[0] is null", "endpoints[1] has no 'name'", "endpoints[2] is a JSON Number"],
        (await new VerbatimService().Answers("""{"endpoints":[null,{},7]}""").Client().Directory.GetAsync()).Unreadable);

    [Fact]
    public async Task What_cannot_be_read_is_kept_as_it_came()
    {
        var endpoint = Assert.Single(await new VerbatimService().Answers("""{"endpoints":[{"name":"odd","config":7,"creator":"a"}]}""")
            .Client().GetManagementClient().ListAsync());

        Assert.Equal(["config", "creator"], endpoint.AdditionalProperties.Keys);
        Assert.Equal(7, endpoint.AdditionalProperties["config"].GetInt32());
    }

    [Fact]
    public async Task Booleans_versions_and_percentages_may_be_text_or_numbers()
    {
        var endpoint = await new VerbatimService().Answers(
            """
            {"name":"churn","route_optimized":"true","config":{"served_entities":[null,{"name":"a","entity_version":7,
              "scale_to_zero_enabled":"false"}],"traffic_config":{"routes":[{"served_model_name":"a","traffic_percentage":"100"}]}}}
            """).Client().GetManagementClient().GetAsync("churn");

        var entity = Assert.Single(endpoint.Config!.ServedEntities);
        Assert.Equal(
            (true, "7", false, 100),
            (endpoint.RouteOptimized, entity.EntityVersion, entity.ScaleToZero, endpoint.Config.Traffic!.PercentageOf("a")));
    }
}
