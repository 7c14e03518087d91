using System.Reflection;
using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.Security;

/// <summary>
/// Calls every method of the directory, the management client and its sub-clients, and the SQL client that sends a request, found by
/// reflection, with arguments that are valid.
/// </summary>
internal static class EveryMethod
{
    private const string EndpointName = "some-endpoint";
    private const string ServiceName = "main.ai.chat";

    public static IReadOnlyList<(string Name, Func<Task> Call)> Of(DatabricksServingClient serving, string key) =>
    [
        .. from client in Clients(serving)
           from method in client.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where method.ReturnType.IsAssignableTo(typeof(Task)) || IsSequence(method.ReturnType)
           let arguments = method.GetParameters().Select(parameter => Argument(parameter, key)).ToArray()
           select ($"{client.GetType().Name}.{method.Name}",
               (Func<Task>)(() => Run(method.Invoke(client, BindingFlags.DoNotWrapExceptions, null, arguments, null)!))),
    ];

    private static bool IsSequence(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);

    private static Task Run(object returned) => returned as Task ?? ReadAsync((IAsyncEnumerable<object>)returned);

    private static async Task ReadAsync(IAsyncEnumerable<object> items)
    {
        await foreach (var _ in items)
        {
            // Only the failure counts.
        }
    }

    private static object[] Clients(DatabricksServingClient serving)
    {
        var management = serving.GetManagementClient();
        return
        [
            serving.Directory, management, management.Rollouts, management.Permissions, management.Monitoring,
            management.ModelServices, management.ModelServices.Grants, management.ModelServices.Rollouts,
            serving.GetSqlStatementClient("some-warehouse"),
        ];
    }

    // A parameter of a new type fails here, until it has a value.
    private static object? Argument(ParameterInfo parameter, string key) =>
        parameter.ParameterType == typeof(CancellationToken) ? CancellationToken.None
        : parameter is { Name: "serviceName" } ? ServiceName
        : parameter is { Name: "updateMask" } ? new[] { ModelServiceFields.Comment }
        : parameter.ParameterType == typeof(string) ? EndpointName
        : Values(key).FirstOrDefault(value => parameter.ParameterType.IsInstanceOfType(value))
            ?? (parameter.HasDefaultValue ? parameter.DefaultValue : throw new InvalidOperationException($"What is a valid {parameter}?"));

    private static ModelService Service { get; } = new()
    {
        ResourceName = $"model-services/{ServiceName}",
        Config = ModelServiceConfig.To(ModelServiceDestination.ToModel("a", "system.ai.x")),
    };

    private static object[] Values(string key)
    {
        var definition = new EndpointDefinition(EndpointName)
        {
            Config = new EndpointConfig
            {
                ServedEntities =
                [
                    new ServedEntity
                    {
                        Name = "a",
                        ExternalModel = ExternalModel.ForOpenAI(
                            "gpt", EndpointTask.Chat, new() { ApiKey = EndpointSecret.FromPlaintext(key) }),
                        ProvisionedModelUnits = 50,
                        BurstScaling = false,
                    },
                ],
            },
        };
        return
        [
            definition,
            definition.Config,
            SystemMetricsExport.Enabled,
            definition.Config.ServedEntities[0],
            TrafficConfig.All("a"),
            new TrafficShift("a"),
            new[] { EndpointGrant.ToUser("a", EndpointPermissionLevel.CanQuery) },
            new[] { new EndpointTag("a", "b") },
            new[] { new RateLimit { Calls = 1 } },
            new AIGatewayConfig(),
            new EmailNotifications(),
            new EndpointTelemetryConfig(),
            Service,
            new ModelServiceDefinition(ServiceName, Service.Config!),
            Service.Destinations[0],
            Service.Destinations,
            new[] { new ModelServiceRateLimit { Requests = 1 } },
            new ModelServiceInferenceTable(),
            new ModelServiceTrafficShift("a"),
            new[] { ModelServiceGrantChange.Grant("a", ModelServicePrivilege.Execute) },
        ];
    }
}
