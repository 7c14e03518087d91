using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.ModelServices;

/// <summary>Configurations that cannot be right are refused before they are sent.</summary>
public class ModelServiceRulesTests
{
    [Fact]
    public void A_document_prints_its_own_members_alone() => Assert.Equal(
        "ModelServiceRateLimit { Key = RATE_LIMIT_KEY_SERVICE, Principal = , RequestTagKey = , RequestTagValue = , Requests = 1, " +
        "Tokens = , RenewalPeriod = RATE_LIMIT_RENEWAL_PERIOD_MINUTE }",
        new ModelServiceRateLimit { Requests = 1 }.ToString());

    private static ModelServiceDestination A { get; } = ModelServiceDestination.ToModel("a", "system.ai.x", 50);

    public static TheoryData<ModelServiceDestination[], string> Wrong => new()
    {
        { [], "There is no destination. Give one, such as ModelServiceDestination.ToModel." },
        { [A with { Name = null }], "A destination has no Name. Set one: routing refers to it." },
        { [A, A], "Two destinations are named 'a'. Give each another Name." },
        { [A with { TrafficPercentage = -1 }], "Destination 'a' has -1 %. Give it from 0 to 100." },
        { [A with { TrafficPercentage = 101 }], "Destination 'a' has 101 %. Give it from 0 to 100." },
        { [A], "The traffic percentages make 50 and not 100: a 50 %." },
        { [A, A with { Name = "b", TrafficPercentage = null }], "The traffic percentages make 50 and not 100: a 50 %, b." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_destination_is_refused(ModelServiceDestination[] destinations, string message)
    {
        var service = new VerbatimService { HasModelServices = true };
        var services = service.Client().GetManagementClient().ModelServices;
        var definition = new ModelServiceDefinition("main.ai.chat", ModelServiceConfig.To(destinations));
        var read = new ModelService { ResourceName = "model-services/main.ai.chat", Config = definition.Config };

        Assert.Equal(
            [$"{message} (Parameter 'definition')", $"{message} (Parameter 'definition')", $"{message} (Parameter 'destinations')",
                $"{message} (Parameter 'service')", $"{message} (Parameter 'before')"],
            [
                (await Assert.ThrowsAsync<ArgumentException>(() => services.CreateAsync(definition))).Message,
                (await Assert.ThrowsAsync<ArgumentException>(() => services.CreateIfNotExistsAsync(definition))).Message,
                (await Assert.ThrowsAsync<ArgumentException>(
                    () => services.UpdateDestinationsAsync("main.ai.chat", destinations))).Message,
                (await Assert.ThrowsAsync<ArgumentException>(() => services.UpdateAsync(read, [ModelServiceFields.Config]))).Message,
                (await Assert.ThrowsAsync<ArgumentException>(() => services.Rollouts.RollBackAsync("main.ai.chat", read))).Message,
            ]);
        Assert.Empty(service.Sent);
    }

    [Fact]
    public async Task A_fallback_needs_a_name_of_its_own_and_no_percentage()
    {
        var services = new VerbatimService { HasModelServices = true }
            .Answers(ModelServiceRoutesTests.Answer).Client().GetManagementClient().ModelServices;
        var fallback = ModelServiceDestination.ToModel("a", "system.ai.x");

        Assert.Equal(
            "Two fallbacks are named 'a'. Give each another Name. (Parameter 'fallbacks')",
            (await Assert.ThrowsAsync<ArgumentException>(
                () => services.UpdateFallbacksAsync("main.ai.chat", [fallback, fallback]))).Message);
        await services.UpdateFallbacksAsync("main.ai.chat", [fallback, fallback with { Name = "b" }]);
    }

    [Fact]
    public async Task A_single_destination_needs_no_percentage()
    {
        var services = new VerbatimService { HasModelServices = true }
            .Answers(ModelServiceRoutesTests.Answer).Client().GetManagementClient().ModelServices;

        await services.UpdateDestinationsAsync("main.ai.chat", [A with { TrafficPercentage = null }]);
    }

    [Fact]
    public async Task A_change_of_grants_needs_a_principal() => Assert.Equal(
        "A change has no Principal. (Parameter 'changes')",
        (await Assert.ThrowsAsync<ArgumentException>(() => new VerbatimService { HasModelServices = true }
            .Client().GetManagementClient().ModelServices.Grants
            .UpdateAsync("main.ai.chat", [new ModelServiceGrantChange { Add = [ModelServicePrivilege.Execute] }]))).Message);
}
