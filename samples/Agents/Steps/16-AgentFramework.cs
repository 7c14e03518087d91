using System.ComponentModel;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace Agents.Steps;

/// <summary>The Agent Framework takes any <see cref="IChatClient"/>: an agent with a tool, and a session that keeps the history.</summary>
internal sealed class AgentFramework : IStep
{
    public string Title => "An agent of the Agent Framework";

    public async Task RunAsync(Workspace workspace)
    {
        var calls = 0;
        AIAgent agent = workspace.Chat(Endpoints.GptOss).AsAIAgent(
            instructions: "You help people plan their day.",
            name: "Planner",
            tools: [AIFunctionFactory.Create(Weather, "weather")]);

        AgentSession session = await agent.CreateSessionAsync();
        foreach (var question in (string[])["What is the weather in the city Utrecht?", "What did you tell me about Utrecht?"])
        {
            Console.WriteLine($"> {question}");
            var text = "";
            await foreach (var update in agent.RunStreamingAsync(question, session))
            {
                Console.Write(update.Text);
                text += update.Text;
            }

            Console.WriteLine();
            StepFailedException.Unless(text.Length > 0, "The response of the agent is empty.");
        }

        StepFailedException.Unless(calls > 0, "The agent called no tool.");

        [Description("Gets the weather in a city.")]
        string Weather([Description("The city.")] string city)
        {
            calls++;
            Console.WriteLine(Terminal.Dim($"  weather({city})"));
            return $"Sunny in {city}, 21 degrees.";
        }
    }
}
