using Agents;

// dotnet run --project samples/Agents                       a menu; without a terminal, every step
// dotnet run --project samples/Agents -- 3                  one step
// dotnet run --project samples/Agents -- chat [endpoint]    a conversation in the terminal
return await CommandLine.RunAsync(args);
