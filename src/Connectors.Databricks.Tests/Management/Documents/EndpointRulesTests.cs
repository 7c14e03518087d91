using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.Documents;

/// <summary>
/// What is refused before it is sent, with words that say what to do; and what is let through, for the service may know
/// it.
/// </summary>
public class EndpointRulesTests
{
    private static readonly ServedEntity Champion = ServedEntity.Model("main.ml.churn", "7") with { Name = "champion" };
    private static readonly ServedEntity Challenger = ServedEntity.Model("main.ml.churn", "8") with { Name = "challenger" };

    public static TheoryData<EndpointConfig, string> Wrong => new()
    {
        { new(), "The configuration serves nothing. Put a ServedEntity into ServedEntities." },
        { Of(new ServedEntity { Name = "a" }), "Served entity 'a' serves nothing. Set EntityName and EntityVersion, or ExternalModel." },
        {
            Of(Champion with { ExternalModel = new() { Name = "m" } }),
            "Served entity 'champion' has both EntityName and ExternalModel. Leave one of them unset."
        },
        { Of(Champion with { Name = "a b" }), "The served entity name 'a b' may hold letters, digits, dashes and underscores alone." },
        {
            Of(Champion with { WorkloadSize = WorkloadSize.Small, MaxProvisionedConcurrency = 8 }),
            "Served entity 'champion' has both WorkloadSize and a provisioned concurrency. Leave one of them unset."
        },
        {
            Of(Champion with { MinProvisionedConcurrency = 8, MaxProvisionedConcurrency = 4 }),
            "Served entity 'champion' has MinProvisionedConcurrency 8 and MaxProvisionedConcurrency 4. " +
            "The minimum must not exceed the maximum, nor be negative."
        },
        {
            Of(Champion with { MinProvisionedThroughput = -1 }),
            "Served entity 'champion' has MinProvisionedThroughput -1 and MaxProvisionedThroughput . " +
            "The minimum must not exceed the maximum, nor be negative."
        },
        {
            Of(Champion, Champion) with { Traffic = TrafficConfig.All("champion") },
            "Two served entities are named 'champion'. Set a Name of its own for each."
        },
        {
            Of(ServedEntity.Model("main.ml.churn", "7"),
                ServedEntity.Model("a.b.churn", "7")) with { Traffic = TrafficConfig.All("churn-7") },
            "Two served entities are named 'churn-7'. Set a Name of its own for each."
        },
        {
            Of(Champion, Challenger),
            "2 served entities need traffic: set Traffic, such as TrafficConfig.Split((\"champion\", 90), …)."
        },
        {
            Of(Champion, Challenger) with { Traffic = new() { Routes = [new("champion", 90), new("challenger", 9)] } },
            "The traffic percentages make 99 and not 100: champion 90 %, challenger 9 %."
        },
        { Of(Champion) with { Traffic = new() }, "The traffic percentages make 0 and not 100: there is no route." },
        {
            Of(Champion) with { Traffic = new() { Routes = [new("champion", 101), new("b", -1)] } },
            "The traffic route to 'champion' has 101 %. Specify a percentage from 0 to 100."
        },
        {
            Of(Champion) with { Traffic = new() { Routes = [new("champion", 50), new("champion", 50)] } },
            "Two traffic routes lead to 'champion'. Put their percentages into one."
        },
        { Of(Champion) with { Traffic = new() { Routes = [new()] } }, "A traffic route names no served entity. Set ServedEntityName." },
        {
            Of(Champion) with { Traffic = TrafficConfig.All("challenger") },
            "A traffic route leads to 'challenger', and no served entity is named so. There are: champion."
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_cannot_be_right_is_refused(EndpointConfig config, string complaint)
    {
        var endpoints = new VerbatimService().Client().GetManagementClient();

        var onUpdate = await Assert.ThrowsAsync<ArgumentException>(nameof(config), () => endpoints.UpdateConfigAsync("churn", config));
        var onCreate = await Assert.ThrowsAsync<ArgumentException>(
            "definition", () => endpoints.CreateAsync(new EndpointDefinition("churn") { Config = config }));

        Assert.Equal($"{complaint} (Parameter 'config')", onUpdate.Message);
        Assert.Equal($"{complaint} (Parameter 'definition')", onCreate.Message);
    }

    public static TheoryData<string, string?> Names => new()
    {
        { "a", null },
        { "Churn_v-1", null },
        { new string('a', 63), null },
        { new string('a', 64), $"The endpoint name '{new string('a', 64)}' has 64 characters. Take at most 63." },
        { "a.b", "The endpoint name 'a.b' may hold letters, digits, dashes and underscores alone." },
        { "ä", "The endpoint name 'ä' may hold letters, digits, dashes and underscores alone." },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_name_of_a_new_endpoint_is_checked(string name, string? complaint)
    {
        var service = new VerbatimService().Answers("{}");
        var create = () => service.Client().GetManagementClient().CreateAsync(new EndpointDefinition(name));

        if (complaint is null)
        {
            await create();
            Managing.AssertSent("POST /api/2.0/serving-endpoints", $$"""{"name":"{{name}}"}""", service.Sent[0]);
        }
        else
        {
            Assert.Equal($"{complaint} (Parameter 'definition')", (await Assert.ThrowsAsync<ArgumentException>(create)).Message);
        }
    }

    [Fact]
    public void A_definition_needs_a_name() => Assert.Throws<ArgumentException>("name", () => new EndpointDefinition(" "));

    [Fact]
    public Task What_the_service_may_know_is_let_through() => Managing.Exchange(
        "PUT /api/2.0/serving-endpoints/churn/config",
        """
        {"served_entities":[{"entity_name":"main.ml.churn","workload_size":"Gigantic","workload_type":"QPU"}],
         "traffic_config":{"routes":[{"served_model_name":"main-ml-churn-3","traffic_percentage":100}]}}
        """,
        Managing.Ready,
        // Without a version only the service knows the name; it is checked there.
        endpoints => endpoints.UpdateConfigAsync("churn", new EndpointConfig
        {
            ServedEntities = [new() { EntityName = "main.ml.churn", WorkloadSize = new("Gigantic"), WorkloadType = new("QPU") }],
            Traffic = TrafficConfig.All("main-ml-churn-3"),
        }));

    [Fact]
    public async Task Model_units_are_needed_where_they_count()
    {
        var endpoints = new VerbatimService().Client().GetManagementClient();

        Assert.Equal(
            "Served entity 'champion' has no ProvisionedModelUnits. Set them, or use the method without ProvisionedThroughput in its " +
            "name. (Parameter 'config')",
            (await Assert.ThrowsAsync<ArgumentException>(() => endpoints.UpdateProvisionedThroughputAsync("churn", Of(Champion)))).Message);
        await Assert.ThrowsAsync<ArgumentException>(
            "definition", () => endpoints.CreateProvisionedThroughputAsync(new("churn") { Config = Of(Champion) }));
    }

    [Fact]
    public void A_split_is_checked_where_it_is_made()
    {
        Assert.Equal("champion 90 %, challenger 10 %", TrafficConfig.Split(("champion", 90), ("challenger", 10)).ToString());
        Assert.Equal((90, 0), (TrafficConfig.All("a").PercentageOf("a") - 10, TrafficConfig.All("a").PercentageOf("b")));
        Assert.Throws<ArgumentException>("shares", () => TrafficConfig.Split(("champion", 90)));
        Assert.Throws<ArgumentException>("shares", () => TrafficConfig.Split());
    }

    private static EndpointConfig Of(params ServedEntity[] entities) => new() { ServedEntities = entities };
}
