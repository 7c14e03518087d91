using System.Text.Json;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Tests.Hosting;

public class EndpointPluginRegistrationTests
{
    private const string UsualName = "DatabricksEndpoints";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kernel_is_built_with_the_plugin(bool isRegistered)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var builder = Kernel.CreateBuilder();
        var returned = isRegistered
            ? Registered(builder, emulator).Plugins.AddDatabricksEndpoints()
            : builder.Plugins.AddDatabricksEndpoints(client: Client(emulator));

        var kernel = builder.Build();

        Assert.Same(builder.Plugins, returned);
        var plugin = Assert.Single(kernel.Plugins);
        Assert.Equal((UsualName, 3), (plugin.Name, plugin.FunctionCount));
        Assert.Equal("Finds the endpoints of a Databricks workspace, and what each can do.", plugin.Description);
        Assert.Equal(
            ["list_serving_endpoints", "get_serving_endpoint", "get_endpoint_schema"],
            plugin.Select(function => function.Name));
        Assert.True(await CountAsync(kernel) > 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kernel_that_is_there_takes_the_plugin(bool isRegistered)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var kernel = (isRegistered ? Registered(Kernel.CreateBuilder(), emulator) : Kernel.CreateBuilder()).Build();

        var plugin = kernel.ImportDatabricksEndpoints(client: isRegistered ? null : Client(emulator));

        Assert.Same(plugin, Assert.Single(kernel.Plugins));
        Assert.True(await CountAsync(kernel) > 1);
    }

    [Fact]
    public async Task Kernels_of_one_builder_share_nothing()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var builder = Registered(Kernel.CreateBuilder(), emulator);
        builder.Plugins.AddDatabricksEndpoints();
        var first = builder.Build();
        var second = builder.Build();
        var before = await CountAsync(first);
        emulator.AddEmbeddingEndpoint("new-one");

        // Each keeps what it has read by itself.
        Assert.Equal((before, before + 1), (await CountAsync(first), await CountAsync(second)));
        Assert.NotSame(Assert.Single(first.Plugins), Assert.Single(second.Plugins));
    }

    [Fact]
    public async Task Options_that_change_later_change_no_kernel_that_is_built()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var options = new EndpointToolOptions();
        var kernel = new Kernel();
        var plugin = kernel.ImportDatabricksEndpoints(options, Client(emulator));

        options.AllowQueries = true;

        Assert.Equal(3, plugin.FunctionCount);
        Assert.Equal(4, new Kernel().ImportDatabricksEndpoints(options, Client(emulator)).FunctionCount);
    }

    [Fact]
    public async Task Two_workspaces_are_registered_under_their_names()
    {
        await using var east = await DatabricksEmulator.StartAsync();
        await using var west = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { AddsDefaultEndpoints = false });
        west.AddEmbeddingEndpoint("only-one");
        var builder = Kernel.CreateBuilder();
        builder.Plugins
            .AddDatabricksEndpoints(client: Client(east), pluginName: "East")
            .AddDatabricksEndpoints(client: Client(west), pluginName: "West");

        var kernel = builder.Build();

        Assert.Equal(1, await CountAsync(kernel, "West"));
        Assert.True(await CountAsync(kernel, "East") > 1);
        Assert.Throws<ArgumentException>(() => kernel.ImportDatabricksEndpoints(client: Client(east), pluginName: "west"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("our-endpoints")]
    [InlineData("our endpoints")]
    [InlineData("Endpunkte_für_uns")]
    [InlineData("Endpoints\n")]
    [InlineData("P2345678901234567890123456789012345678901")]
    public void A_name_that_makes_no_safe_names_of_functions_is_refused(string name)
    {
        var says = $"The plugin cannot be named '{name}': use letters, digits and underscores, 40 at most. " +
            "It is the prefix of each function name, and models accept 64 characters for both. (Parameter 'pluginName')";

        Assert.Equal(
            says, Assert.Throws<ArgumentException>(() => Kernel.CreateBuilder().Plugins.AddDatabricksEndpoints(pluginName: name)).Message);
        Assert.Equal(says, Assert.Throws<ArgumentException>(() => new Kernel().ImportDatabricksEndpoints(pluginName: name)).Message);
    }

    [Fact]
    public async Task What_is_missing_is_said_at_once_or_when_the_kernel_is_built()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var invalid = new EndpointToolOptions { MaxResultLength = 1 };
        var builder = Kernel.CreateBuilder();
        builder.Plugins.AddDatabricksEndpoints(invalid, Client(emulator));

        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Build());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Kernel().ImportDatabricksEndpoints(invalid, Client(emulator)));
        Assert.Throws<ArgumentNullException>(() => ((IKernelBuilderPlugins)null!).AddDatabricksEndpoints());
        Assert.Throws<ArgumentNullException>(() => ((Kernel)null!).ImportDatabricksEndpoints());
        Assert.Throws<ArgumentNullException>(() => builder.Plugins.AddDatabricksEndpoints(pluginName: null!));
    }

    private static async Task<int> CountAsync(Kernel kernel, string pluginName = UsualName)
    {
        var result = await kernel.Plugins.GetFunction(pluginName, "list_serving_endpoints").InvokeAsync(kernel);
        return result.GetValue<JsonElement>().GetProperty("count").GetInt32();
    }

    private static IKernelBuilder Registered(IKernelBuilder builder, DatabricksEmulator emulator)
    {
        builder.Services.AddDatabricksServing(
            options => (options.Host, options.Credential) = (emulator.Host, Access.Credential(emulator)));
        return builder;
    }

    private static DatabricksServingClient Client(DatabricksEmulator emulator) =>
        new(emulator.Host, Access.Credential(emulator));
}
